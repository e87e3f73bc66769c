package io.sluice.alerting.query;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.sluice.alerting.alert.Alert;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** {@code gettableAlert} of Alertmanager's v2 API. Times have three digits of the second. */
@JsonPropertyOrder({
    "annotations",
    "endsAt",
    "fingerprint",
    "receivers",
    "startsAt",
    "status",
    "updatedAt",
    "generatorURL",
    "labels"
})
record AlertView(
        SortedMap<String, String> annotations,
        String endsAt,
        String fingerprint,
        List<Receiver> receivers,
        String startsAt,
        Status status,
        String updatedAt,
        String generatorURL,
        SortedMap<String, String> labels) {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    record Receiver(String name) {}

    @JsonPropertyOrder({"inhibitedBy", "mutedBy", "silencedBy", "state"})
    record Status(List<String> inhibitedBy, List<String> mutedBy, List<String> silencedBy, String state) {}

    record Group(SortedMap<String, String> labels, Receiver receiver, List<AlertView> alerts) {}

    static AlertView of(Alert alert, String receiver) {
        return new AlertView(
                alert.annotations(),
                time(alert.endsAt()),
                alert.fingerprint(),
                List.of(new Receiver(receiver)),
                time(alert.startsAt()),
                new Status(List.of(), List.of(), List.of(), "active"),
                time(alert.updatedAt()),
                alert.generatorUrl(),
                alert.labels());
    }

    static String time(Instant at) {
        return MILLIS.format(at);
    }
}
