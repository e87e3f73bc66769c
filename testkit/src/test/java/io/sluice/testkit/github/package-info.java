@NullMarked
package io.sluice.testkit.github;

import org.jspecify.annotations.NullMarked;
