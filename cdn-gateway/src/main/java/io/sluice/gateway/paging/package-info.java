/** Lists in pages. */
@NullMarked
package io.sluice.gateway.paging;

import org.jspecify.annotations.NullMarked;
