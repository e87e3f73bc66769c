@NullMarked
package io.sluice.gateway.replays;

import org.jspecify.annotations.NullMarked;
