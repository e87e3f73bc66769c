@NullMarked
package io.sluice.alerting.groups;

import org.jspecify.annotations.NullMarked;
