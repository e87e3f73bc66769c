/** The file store: originals and variants, content-addressed, and the index that serving needs. */
@NullMarked
package io.sluice.image.files;

import org.jspecify.annotations.NullMarked;
