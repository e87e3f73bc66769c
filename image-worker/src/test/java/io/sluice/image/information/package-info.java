@NullMarked
package io.sluice.image.information;

import org.jspecify.annotations.NullMarked;
