@NullMarked
package io.sluice.contracts.image;

import org.jspecify.annotations.NullMarked;
