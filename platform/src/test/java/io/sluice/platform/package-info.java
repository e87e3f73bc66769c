@NullMarked
package io.sluice.platform;

import org.jspecify.annotations.NullMarked;
