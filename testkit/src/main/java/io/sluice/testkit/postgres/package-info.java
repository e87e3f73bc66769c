/** A real PostgreSQL server without Docker, also as root. */
@NullMarked
package io.sluice.testkit.postgres;

import org.jspecify.annotations.NullMarked;
