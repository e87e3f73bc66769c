/** What {@code ./sluice} runs: the whole suite on one machine, its status and its demonstration. */
@NullMarked
package io.sluice.launcher;

import org.jspecify.annotations.NullMarked;
