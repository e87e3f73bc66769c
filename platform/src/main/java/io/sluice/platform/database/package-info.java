/** The reactive pool with timeouts and one failure type, and migrations that wait for PostgreSQL. */
@NullMarked
package io.sluice.platform.database;

import org.jspecify.annotations.NullMarked;
