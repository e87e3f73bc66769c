@NullMarked
package io.sluice.image.blob;

import org.jspecify.annotations.NullMarked;
