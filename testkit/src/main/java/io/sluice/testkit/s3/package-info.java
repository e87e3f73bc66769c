/** A real S3 server for tests. */
@NullMarked
package io.sluice.testkit.s3;

import org.jspecify.annotations.NullMarked;
