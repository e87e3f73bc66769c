package io.sluice.metrics.usage;

import io.sluice.contracts.usage.CdnUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What each CDN served over time.
 *
 * @param step length of each item's stretch; the last may be shorter
 * @param items by time, then CDN; a CDN without requests in a step has none
 */
record UsageSeries(Instant from, Instant to, Duration step, List<CdnUsage> items) {}
