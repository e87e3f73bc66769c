/** A bounded sample of the decisions that were made, for those who look back. */
@NullMarked
package io.sluice.gateway.recording;

import org.jspecify.annotations.NullMarked;
