/** Rollouts in steps: what is raised reaches a growing share of keys and receivers, watched by guards. */
@NullMarked
package io.sluice.optimizer.steps;

import org.jspecify.annotations.NullMarked;
