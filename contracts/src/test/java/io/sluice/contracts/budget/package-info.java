@NullMarked
package io.sluice.contracts.budget;

import org.jspecify.annotations.NullMarked;
