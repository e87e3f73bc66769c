/** One JSON dialect for all services. */
@NullMarked
package io.sluice.platform.json;

import org.jspecify.annotations.NullMarked;
