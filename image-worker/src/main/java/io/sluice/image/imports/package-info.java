/** Imports of folders: every image below one becomes a source. */
@NullMarked
package io.sluice.image.imports;

import org.jspecify.annotations.NullMarked;
