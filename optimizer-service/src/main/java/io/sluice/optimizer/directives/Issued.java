package io.sluice.optimizer.directives;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.SignedDirective;

/** A directive and the signed form in which it travels. */
public record Issued(Directive directive, SignedDirective signed) {}
