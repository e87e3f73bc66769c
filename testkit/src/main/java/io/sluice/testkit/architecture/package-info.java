/** The boundaries that every module keeps. */
@NullMarked
package io.sluice.testkit.architecture;

import org.jspecify.annotations.NullMarked;
