package io.sluice.optimizer.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * An entry of the audit.
 *
 * @param seq 1 and up, without gaps
 * @param at by the database's clock, in microseconds
 * @param actor name of the token, or {@code optimizer-service}
 * @param action for example {@code override.set}
 * @param object what it was done to
 * @param detail in one line
 * @param previous hash of the entry before it; empty for the first
 * @param hash SHA-256 in hex over everything else
 */
public record AuditEntry(
        long seq, Instant at, String actor, String action, String object, String detail, String previous, String hash) {

    /** Whether it follows {@code before} and nobody has changed it. */
    public boolean follows(String before, long seqBefore) {
        return seq == seqBefore + 1 && previous.equals(before) && hash.equals(computed());
    }

    /** What its hash has to be: over its fields, each on a line of its own; only the last may have several. */
    String computed() {
        String text = String.join(
                "\n",
                previous,
                Long.toString(seq),
                Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)),
                oneLine(actor),
                oneLine(action),
                oneLine(object),
                detail);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }
}
