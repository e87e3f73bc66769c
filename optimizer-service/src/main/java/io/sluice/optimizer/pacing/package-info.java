/** Pure decisions: how much to save, given a budget; when errors call for help. */
@NullMarked
package io.sluice.optimizer.pacing;

import org.jspecify.annotations.NullMarked;
