@NullMarked
package io.sluice.contracts.directive;

import org.jspecify.annotations.NullMarked;
