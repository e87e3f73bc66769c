package io.sluice.alerting.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.alert.Fingerprint;
import io.sluice.alerting.groups.RouteConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /api/v2/alerts} by Alertmanager's rules. */
@Singleton
class AlertParser {
    private static final Pattern CLASSIC_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

    private final ObjectMapper json;
    private final Duration resolveTimeout;
    private final boolean utf8Names;

    AlertParser(ObjectMapper json, RouteConfig route, IntakeConfig config) {
        this.json = json;
        this.resolveTimeout = route.resolveTimeout();
        this.utf8Names = config.utf8Names();
    }

    /**
     * @param alerts those that are valid, to be stored even when others are not
     * @param refusal null: all are valid
     */
    record Parsed(List<Alert> alerts, @Nullable Refusal refusal) {}

    Parsed parse(byte[] body, Instant now) {
        JsonNode root;
        try {
            root = body.length == 0 ? json.nullNode() : json.readTree(body);
        } catch (JsonProcessingException e) {
            return refused(Refusal.unreadable(e.getOriginalMessage()));
        } catch (IOException e) {
            return refused(Refusal.unreadable("it cannot be read"));
        }
        if (root.isNull() || root.isMissingNode()) {
            return refused(Refusal.invalid(602, "alerts in body is required"));
        }
        if (!root.isArray()) {
            return refused(Refusal.unreadable("json: cannot unmarshal " + kind(root) + " into a list of alerts"));
        }
        return alerts(root, now);
    }

    private Parsed alerts(JsonNode root, Instant now) {
        List<Draft> drafts = new ArrayList<>(root.size());
        try {
            for (int i = 0; i < root.size(); i++) {
                drafts.add(draft(root.get(i), i));
            }
        } catch (Refused e) {
            return refused(e.refusal);
        }
        List<Alert> valid = new ArrayList<>(drafts.size());
        List<String> errors = new ArrayList<>();
        for (Draft draft : drafts) {
            try {
                valid.add(alert(draft, now));
            } catch (IllegalArgumentException e) {
                errors.add(e.getMessage());
            }
        }
        return new Parsed(valid, errors.isEmpty() ? null : Refusal.text(String.join("; ", errors)));
    }

    private Alert alert(Draft draft, Instant now) {
        draft.labels.values().removeIf(String::isEmpty);
        for (String name : draft.labels.keySet()) {
            if (name.isEmpty() || (!utf8Names && !CLASSIC_NAME.matcher(name).matches())) {
                throw new IllegalArgumentException("invalid label set: invalid name \"" + name + '"');
            }
        }
        Instant end = draft.endsAt;
        Instant start = draft.startsAt != null ? draft.startsAt : end != null && end.isBefore(now) ? end : now;
        Instant until = end != null ? end : now.plus(resolveTimeout);
        return new Alert(
                Fingerprint.of(draft.labels),
                draft.labels,
                draft.annotations,
                start,
                until,
                now,
                end == null,
                !until.isAfter(now),
                draft.generatorUrl);
    }

    private static Draft draft(JsonNode node, int index) {
        if (!node.isObject()) {
            throw new Refused(Refusal.unreadable("json: cannot unmarshal " + kind(node) + " into an alert"));
        }
        JsonNode labels = node.path("labels");
        if (labels.isMissingNode() || labels.isNull()) {
            throw new Refused(Refusal.invalid(602, index + ".labels in body is required"));
        }
        return new Draft(
                strings(labels, "labels"),
                strings(node.path("annotations"), "annotations"),
                time(node.path("startsAt")),
                time(node.path("endsAt")),
                url(node.path("generatorURL"), index));
    }

    private static SortedMap<String, String> strings(JsonNode node, String field) {
        SortedMap<String, String> strings = new TreeMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return strings;
        }
        if (!node.isObject()) {
            throw new Refused(Refusal.unreadable("json: cannot unmarshal " + kind(node) + " into " + field));
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            if (!value.isTextual() && !value.isNull()) {
                throw new Refused(Refusal.unreadable(
                        "json: cannot unmarshal " + kind(value) + " into " + field + " of type string"));
            }
            strings.put(storable(entry.getKey()), value.isNull() ? "" : storable(value.textValue()));
        }
        return strings;
    }

    /** PostgreSQL keeps no NUL, and an alert is not lost for one: it becomes U+FFFD, as other bad text does in Go. */
    private static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static @Nullable Instant time(JsonNode node) {
        if (node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().isEmpty())) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(node.asText()).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
                throw new Refused(Refusal.unreadable("the time \"" + node.asText() + "\" is too far away"));
            }
            return time.isAfter(ZERO) ? time : null;
        } catch (DateTimeException e) {
            throw new Refused(Refusal.unreadable("parsing time \"" + node.asText() + "\" failed"));
        }
    }

    private static String url(JsonNode node, int index) {
        if (node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().isEmpty())) {
            return "";
        }
        String text = node.asText();
        try {
            if (!node.isTextual()
                    || URI.create(text.replaceAll("[^\\x21-\\x7e]|[\"<>\\\\^`{|}]", "_"))
                                    .getScheme()
                            == null) {
                throw new IllegalArgumentException(text);
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    Refusal.invalid(601, index + ".generatorURL in body must be of type uri: \"" + text + '"'));
        }
        return storable(text);
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING -> "string";
            case NULL -> "null";
            case OBJECT, POJO -> "object";
            case BINARY, MISSING -> "value";
        };
    }

    private static Parsed refused(Refusal refusal) {
        return new Parsed(List.of(), refusal);
    }

    private record Draft(
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            String generatorUrl) {}

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.message(), null, false, false);
            this.refusal = refusal;
        }
    }
}
