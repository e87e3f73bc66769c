/** Fetches what will be asked for before it is asked for, without overloading the origin. */
@NullMarked
package io.sluice.gateway.warming;

import org.jspecify.annotations.NullMarked;
