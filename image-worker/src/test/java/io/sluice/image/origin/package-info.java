@NullMarked
package io.sluice.image.origin;

import org.jspecify.annotations.NullMarked;
