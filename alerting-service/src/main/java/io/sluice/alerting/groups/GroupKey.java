package io.sluice.alerting.groups;

import io.sluice.alerting.message.GoText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes a group.
 *
 * @param labels those of the route's {@code group_by} that the alert has
 */
public record GroupKey(SortedMap<String, String> labels) {

    /** Group of an alert with these labels. */
    public static GroupKey of(SortedMap<String, String> labels, List<String> groupBy) {
        SortedMap<String, String> picked = new TreeMap<>(labels);
        if (!groupBy.contains("...")) {
            picked.keySet().retainAll(groupBy);
        }
        return new GroupKey(picked);
    }

    /** Alertmanager's text of it, for the root route. */
    public String text() {
        return "{}:" + GoText.labels(labels);
    }

    /** SHA-256 of the text in hex: Alertmanager's incident key towards PagerDuty and Opsgenie. */
    public String id() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
