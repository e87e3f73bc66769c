package io.sluice.contracts.directive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Answer of {@code GET /api/v1/directives}: every directive in force. Its ETag is the digest.
 *
 * @param epoch of the optimizer
 * @param digest {@link #digestOf} the items
 * @param items one for each scope
 */
public record DirectiveSet(long epoch, String digest, List<SignedDirective> items) {
    public DirectiveSet {
        items = List.copyOf(items);
    }

    /** SHA-256 in hex over one line {@code scope:epoch:generation:contentHash} for each directive, sorted by scope. */
    public static String digestOf(Collection<Directive> directives) {
        StringBuilder lines = new StringBuilder();
        directives.stream()
                .sorted(Comparator.comparing(Directive::scope))
                .forEach(d -> lines.append(d.scope())
                        .append(':')
                        .append(d.epoch())
                        .append(':')
                        .append(d.generation())
                        .append(':')
                        .append(d.contentHash())
                        .append('\n'));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
