package io.sluice.alerting.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One report of an alert, or what all reports of its present episode add up to.
 *
 * @param fingerprint of the labels
 * @param labels at least one; none is empty
 * @param startsAt not after {@code endsAt}
 * @param endsAt in the past: resolved
 * @param updatedAt when it was last reported
 * @param timeout whether {@code endsAt} is a guess because the sender gave none
 * @param resolved whether a sender said that it is over, rather than going silent
 * @param generatorUrl empty when the sender gave none
 */
public record Alert(
        String fingerprint,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        Instant startsAt,
        Instant endsAt,
        Instant updatedAt,
        boolean timeout,
        boolean resolved,
        String generatorUrl) {

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("at least one label pair required");
        }
        if (endsAt.isBefore(startsAt)) {
            throw new IllegalArgumentException("start time must be before end time");
        }
    }

    /**
     * What this and a newer report of the same alert add up to, by Alertmanager's rules: one episode when they overlap in time
     * (the earliest start; a guessed end never beats a real one), else the newer alone.
     */
    public Alert then(Alert newer) {
        if (!overlaps(newer)) {
            return newer;
        }
        Instant start = startsAt.isBefore(newer.startsAt) ? startsAt : newer.startsAt;
        boolean mineEndsLater = endsAt.isAfter(newer.endsAt);
        boolean keepsEnd = mineEndsLater && (newer.resolved ? resolved : !timeout && !resolved);
        return new Alert(
                fingerprint,
                newer.labels,
                newer.annotations,
                start,
                keepsEnd ? endsAt : newer.endsAt,
                newer.updatedAt,
                keepsEnd ? timeout : newer.timeout,
                newer.resolved,
                newer.generatorUrl);
    }

    private boolean overlaps(Alert newer) {
        return (newer.endsAt.isAfter(startsAt) && newer.endsAt.isBefore(endsAt))
                || (newer.startsAt.isAfter(startsAt) && newer.startsAt.isBefore(endsAt));
    }
}
