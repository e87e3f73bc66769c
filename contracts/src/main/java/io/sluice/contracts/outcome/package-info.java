/** What became of decisions, as clients report it: from cdn-gateway to metrics-service, and back as scores. */
@NullMarked
package io.sluice.contracts.outcome;

import org.jspecify.annotations.NullMarked;
