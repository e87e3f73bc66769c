@NullMarked
package io.sluice.image.scan;

import org.jspecify.annotations.NullMarked;
