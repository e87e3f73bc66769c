/** Tokens that tests call with. */
@NullMarked
package io.sluice.testkit.access;

import org.jspecify.annotations.NullMarked;
