@NullMarked
package io.sluice.alerting.outbox;

import org.jspecify.annotations.NullMarked;
