/** Errors as RFC 9457 problem details. */
@NullMarked
package io.sluice.contracts.problem;

import org.jspecify.annotations.NullMarked;
