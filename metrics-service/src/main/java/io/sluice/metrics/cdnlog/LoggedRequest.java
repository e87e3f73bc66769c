package io.sluice.metrics.cdnlog;

import io.sluice.contracts.usage.EdgeLogLine;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log.
 *
 * @param cdn the one that the line names; null when it names none
 */
record LoggedRequest(@Nullable String cdn, EdgeLogLine line) {}
