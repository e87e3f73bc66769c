@NullMarked
package io.sluice.image.storage;

import org.jspecify.annotations.NullMarked;
