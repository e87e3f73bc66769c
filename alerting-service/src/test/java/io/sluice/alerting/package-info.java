@NullMarked
package io.sluice.alerting;

import org.jspecify.annotations.NullMarked;
