/** What will have been used when the period ends. */
@NullMarked
package io.sluice.lfs.forecast;

import org.jspecify.annotations.NullMarked;
