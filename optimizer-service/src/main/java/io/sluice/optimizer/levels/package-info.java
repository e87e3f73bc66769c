/** What each level of each axis does, and what it saves. */
@NullMarked
package io.sluice.optimizer.levels;

import org.jspecify.annotations.NullMarked;
