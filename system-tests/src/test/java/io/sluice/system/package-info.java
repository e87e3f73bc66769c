@NullMarked
package io.sluice.system;

import org.jspecify.annotations.NullMarked;
