/** Directives from optimizer-service to its receivers, the protocol that carries them, and the rules both sides share. */
@NullMarked
package io.sluice.contracts.directive;

import org.jspecify.annotations.NullMarked;
