@NullMarked
package io.sluice.image.job;

import org.jspecify.annotations.NullMarked;
