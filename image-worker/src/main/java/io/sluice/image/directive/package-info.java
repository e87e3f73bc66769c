/** What the optimizer has told this worker, and what follows for an address. */
@NullMarked
package io.sluice.image.directive;

import org.jspecify.annotations.NullMarked;
