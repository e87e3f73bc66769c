/** What calls to Amazon's services have in common. */
@NullMarked
package io.sluice.platform.aws;

import org.jspecify.annotations.NullMarked;
