@NullMarked
package io.sluice.image.sources;

import org.jspecify.annotations.NullMarked;
