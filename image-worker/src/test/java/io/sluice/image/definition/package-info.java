@NullMarked
package io.sluice.image.definition;

import org.jspecify.annotations.NullMarked;
