/** A stand-in for GitHub's billing API that answers from a recorded month. */
@NullMarked
package io.sluice.testkit.github;

import org.jspecify.annotations.NullMarked;
