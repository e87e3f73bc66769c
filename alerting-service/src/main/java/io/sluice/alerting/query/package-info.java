/** What is firing, for amtool, Grafana and karma. */
@NullMarked
package io.sluice.alerting.query;

import org.jspecify.annotations.NullMarked;
