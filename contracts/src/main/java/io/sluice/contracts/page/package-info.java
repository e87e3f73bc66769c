/** Lists that are read in pages. */
@NullMarked
package io.sluice.contracts.page;

import org.jspecify.annotations.NullMarked;
