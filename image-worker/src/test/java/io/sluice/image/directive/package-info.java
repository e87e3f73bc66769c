@NullMarked
package io.sluice.image.directive;

import org.jspecify.annotations.NullMarked;
