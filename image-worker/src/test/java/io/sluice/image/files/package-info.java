@NullMarked
package io.sluice.image.files;

import org.jspecify.annotations.NullMarked;
