/** The e-mail channel. */
@NullMarked
package io.sluice.alerting.email;

import org.jspecify.annotations.NullMarked;
