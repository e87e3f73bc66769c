@NullMarked
package io.sluice.alerting.message;

import org.jspecify.annotations.NullMarked;
