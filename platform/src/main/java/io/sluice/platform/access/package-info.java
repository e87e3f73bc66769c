/** Who may call: bearer tokens, known by their digests, and the roles they carry. */
@NullMarked
package io.sluice.platform.access;

import org.jspecify.annotations.NullMarked;
