/** The packaged services beside their peers, on one machine in one run: CPU per unit of work, medians, ratios. */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
