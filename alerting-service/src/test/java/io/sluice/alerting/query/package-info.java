@NullMarked
package io.sluice.alerting.query;

import org.jspecify.annotations.NullMarked;
