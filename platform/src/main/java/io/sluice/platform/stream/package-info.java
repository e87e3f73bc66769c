/** Server-sent events, read with resume, watchdog and back-off. */
@NullMarked
package io.sluice.platform.stream;

import org.jspecify.annotations.NullMarked;
