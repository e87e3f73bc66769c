/** Makes variants: which bytes an address stands for, once each. */
@NullMarked
package io.sluice.image.variant;

import org.jspecify.annotations.NullMarked;
