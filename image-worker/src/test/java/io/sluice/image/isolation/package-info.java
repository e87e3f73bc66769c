@NullMarked
package io.sluice.image.isolation;

import org.jspecify.annotations.NullMarked;
