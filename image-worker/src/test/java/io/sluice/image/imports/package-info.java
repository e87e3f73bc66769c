@NullMarked
package io.sluice.image.imports;

import org.jspecify.annotations.NullMarked;
