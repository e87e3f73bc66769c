/** Free ports, and what tests need of HTTP. */
@NullMarked
package io.sluice.testkit.http;

import org.jspecify.annotations.NullMarked;
