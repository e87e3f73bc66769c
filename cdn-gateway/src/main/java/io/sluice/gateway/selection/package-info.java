/** Which CDN serves a key: pure functions over one immutable snapshot. */
@NullMarked
package io.sluice.gateway.selection;

import org.jspecify.annotations.NullMarked;
