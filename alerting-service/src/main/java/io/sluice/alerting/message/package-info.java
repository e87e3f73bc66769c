/** What a destination is told about a group. */
@NullMarked
package io.sluice.alerting.message;

import org.jspecify.annotations.NullMarked;
