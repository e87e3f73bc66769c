/** Every error as application/problem+json (RFC 9457). */
@NullMarked
package io.sluice.platform.problem;

import org.jspecify.annotations.NullMarked;
