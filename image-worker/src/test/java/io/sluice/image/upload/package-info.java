@NullMarked
package io.sluice.image.upload;

import org.jspecify.annotations.NullMarked;
