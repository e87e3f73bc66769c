/** Nothing may block an event loop. */
@NullMarked
package io.sluice.testkit.eventloop;

import org.jspecify.annotations.NullMarked;
