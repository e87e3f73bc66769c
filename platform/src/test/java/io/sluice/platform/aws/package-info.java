@NullMarked
package io.sluice.platform.aws;

import org.jspecify.annotations.NullMarked;
