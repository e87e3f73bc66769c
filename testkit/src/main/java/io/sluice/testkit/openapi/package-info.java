/** The published API documents, held against committed copies. */
@NullMarked
package io.sluice.testkit.openapi;

import org.jspecify.annotations.NullMarked;
