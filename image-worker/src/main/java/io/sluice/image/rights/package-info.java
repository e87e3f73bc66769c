/** Who made a picture and who may use it: read from a source's metadata, written anew into a variant. */
@NullMarked
package io.sluice.image.rights;

import org.jspecify.annotations.NullMarked;
