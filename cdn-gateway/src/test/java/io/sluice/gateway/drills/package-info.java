@NullMarked
package io.sluice.gateway.drills;

import org.jspecify.annotations.NullMarked;
