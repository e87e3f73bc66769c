@NullMarked
package io.sluice.image.rights;

import org.jspecify.annotations.NullMarked;
