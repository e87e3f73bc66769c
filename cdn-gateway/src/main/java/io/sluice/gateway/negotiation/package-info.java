/** Which variant serves a request: format, size and quality, as pure functions. */
@NullMarked
package io.sluice.gateway.negotiation;

import org.jspecify.annotations.NullMarked;
