@NullMarked
package io.sluice.image.delivery;

import org.jspecify.annotations.NullMarked;
