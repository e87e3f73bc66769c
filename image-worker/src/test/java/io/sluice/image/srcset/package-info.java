@NullMarked
package io.sluice.image.srcset;

import org.jspecify.annotations.NullMarked;
