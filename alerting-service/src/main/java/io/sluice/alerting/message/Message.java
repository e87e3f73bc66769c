package io.sluice.alerting.message;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.alert.AlertOrder;
import io.sluice.alerting.alert.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a destination is told: the body of Alertmanager's webhook, version 4, field by field and in its order.
 *
 * @param status {@code firing} while any alert is, else {@code resolved}
 * @param truncatedAlerts always 0: nothing is left out
 */
@RegisterForReflection(targets = {Message.class, Message.Item.class})
@JsonPropertyOrder({
    "receiver",
    "status",
    "alerts",
    "groupLabels",
    "commonLabels",
    "commonAnnotations",
    "externalURL",
    "version",
    "groupKey",
    "truncatedAlerts"
})
public record Message(
        String receiver,
        String status,
        List<Item> alerts,
        SortedMap<String, String> groupLabels,
        SortedMap<String, String> commonLabels,
        SortedMap<String, String> commonAnnotations,
        String externalURL,
        String version,
        String groupKey,
        int truncatedAlerts) {

    /** One alert of it; {@code endsAt} is Go's zero time while it fires. */
    @JsonPropertyOrder({"status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"})
    public record Item(
            String status,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            String startsAt,
            String endsAt,
            String generatorURL,
            String fingerprint) {}

    public Message {
        alerts = List.copyOf(alerts);
    }

    /** Whether any alert fires. */
    public boolean firing() {
        return status.equals("firing");
    }

    /** Number of alerts with {@code status}. */
    public long count(String status) {
        return alerts.stream().filter(alert -> alert.status().equals(status)).count();
    }

    /** Tells about the alerts of one group. */
    public static Message of(
            String receiver,
            String externalURL,
            String groupKey,
            SortedMap<String, String> groupLabels,
            List<Alert> firing,
            List<Alert> resolved) {
        List<Item> items = new ArrayList<>(firing.size() + resolved.size());
        firing.forEach(alert -> items.add(item(alert, true)));
        resolved.forEach(alert -> items.add(item(alert, false)));
        items.sort(Comparator.comparing(Item::labels, AlertOrder.LABELS));
        return new Message(
                receiver,
                firing.isEmpty() ? "resolved" : "firing",
                items,
                groupLabels,
                common(items.stream().map(Item::labels).toList()),
                common(items.stream().map(Item::annotations).toList()),
                externalURL,
                "4",
                groupKey,
                0);
    }

    /** Tells about nothing but that the way works. */
    public static Message test(
            String receiver, SortedMap<String, String> labels, SortedMap<String, String> annotations, Instant now) {
        String fingerprint = Fingerprint.of(labels);
        Alert alert = new Alert(fingerprint, labels, annotations, now, now, now, true, false, "");
        return of(receiver, "", "{}:" + GoText.labels(labels), labels, List.of(alert), List.of());
    }

    private static Item item(Alert alert, boolean firing) {
        return new Item(
                firing ? "firing" : "resolved",
                alert.labels(),
                alert.annotations(),
                GoText.time(alert.startsAt()),
                firing ? GoText.ZERO_TIME : GoText.time(alert.endsAt()),
                alert.generatorUrl(),
                alert.fingerprint());
    }

    private static SortedMap<String, String> common(List<SortedMap<String, String>> sets) {
        SortedMap<String, String> common = new TreeMap<>(sets.getFirst());
        for (SortedMap<String, String> set : sets) {
            common.entrySet().removeIf(entry -> !entry.getValue().equals(set.get(entry.getKey())));
        }
        return common;
    }
}
