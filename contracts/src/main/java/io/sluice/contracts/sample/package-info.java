/** Samples that services and clients send to metrics-service. */
@NullMarked
package io.sluice.contracts.sample;

import org.jspecify.annotations.NullMarked;
