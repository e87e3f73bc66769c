@NullMarked
package io.sluice.gateway.negotiation;

import org.jspecify.annotations.NullMarked;
