package io.sluice.image.directive;

import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveInbox.Receipt;
import java.util.ArrayList;
import java.util.List;

/** What this worker says about a directive it was offered. Pure. */
final class Acknowledgement {
    /** What an image-worker acts on. */
    static final List<String> LEVERS = List.of("quality", "formats", "maxDimension", "throttle", "disabledFeatures");

    private Acknowledgement() {}

    /**
     * @param receipt of a directive that could be read
     * @param unknown levers in it that this version does not know
     */
    static Ack of(Receipt receipt, Directive directive, List<String> unknown, String bootId) {
        if (!receipt.held()) {
            return ack(directive, bootId, Ack.Status.REJECTED, List.of(), receipt.message());
        }
        List<String> ignored = ignored(directive, unknown);
        return ack(
                directive,
                bootId,
                ignored.isEmpty() ? Ack.Status.APPLIED : Ack.Status.PARTIAL,
                ignored,
                ignored.isEmpty() ? "" : "not known here: " + String.join(", ", ignored));
    }

    static Ack received(Directive directive, String bootId) {
        return ack(directive, bootId, Ack.Status.RECEIVED, List.of(), "");
    }

    /** Cache and device pixel ratio are the gateway's levers and not counted. */
    private static List<String> ignored(Directive directive, List<String> unknown) {
        List<String> ignored = new ArrayList<>(unknown);
        directive.disabledFeatures().stream()
                .filter(feature -> !Feature.tokens().contains(feature))
                .forEach(feature -> ignored.add("disabledFeatures." + feature));
        return ignored;
    }

    private static Ack ack(
            Directive directive, String bootId, Ack.Status status, List<String> ignored, String message) {
        return new Ack(
                bootId,
                directive.scope(),
                directive.epoch(),
                directive.generation(),
                directive.contentHash(),
                status,
                ignored,
                message);
    }
}
