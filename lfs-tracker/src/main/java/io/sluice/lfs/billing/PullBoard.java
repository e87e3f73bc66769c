package io.sluice.lfs.billing;

import io.sluice.lfs.account.BillingPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the poller knows between two calls: pauses, per day and for GitHub as a whole, and what went wrong last. Written by the
 * one polling thread, read by any.
 */
final class PullBoard {
    private final BillingConfig config;
    private final RandomGenerator random;
    private final TreeMap<LocalDate, Held> heldDays = new TreeMap<>();
    private final TreeSet<String> unknownSkus = new TreeSet<>();
    private Pause pause = Pause.NONE;
    private Map<LocalDate, BilledDay> days = Map.of();
    private @Nullable String problem;
    private @Nullable Instant lastPullAt;
    private boolean monthRows;
    private int due;

    /** A day that has to wait, and why. */
    private record Held(Pause pause, @Nullable String reason) {}

    PullBoard(BillingConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    synchronized boolean paused(Instant now) {
        return !pause.over(now);
    }

    /**
     * Whether a day has to wait: after an answer that could not be taken, and, as long as another day's answer was one of
     * month rows, each first day of a month, on which such rows cannot be told from its own.
     */
    synchronized boolean held(LocalDate day, Instant now) {
        Held held = heldDays.get(day);
        return (held != null && !held.pause().over(now)) || (monthRows && day.getDayOfMonth() == 1);
    }

    synchronized void known(Map<LocalDate, BilledDay> states, LocalDate since, int dueDays) {
        days = Map.copyOf(states);
        heldDays.keySet().removeIf(day -> day.isBefore(since) && !states.containsKey(day));
        due = dueDays;
    }

    synchronized void good(Pull pull, List<String> skus) {
        LocalDate day = pull.day();
        lastPullAt = pull.started();
        heldDays.remove(day);
        unknownSkus.addAll(skus);
        if (day.getDayOfMonth() != 1) {
            monthRows = false;
        }
        pause = Pause.NONE;
        problem = null;
        due = Math.max(0, due - 1);
        note(new BilledDay(day, pull.started(), null, null, false, null));
    }

    /** A day's answer could not be taken; other days go on. */
    synchronized void refused(Pull pull, Instant now) {
        lastPullAt = pull.started();
        pause = Pause.NONE;
        problem = null;
        monthRows |= pull.outcome() == Outcome.MONTH_ROWS;
        Held before = heldDays.getOrDefault(pull.day(), new Held(Pause.NONE, null));
        heldDays.put(pull.day(), new Held(after(before.pause(), now, null), pull.detail()));
        if (pull.outcome() == Outcome.SUSPECT) {
            BilledDay known = days.getOrDefault(pull.day(), BilledDay.unknown(pull.day()));
            note(new BilledDay(pull.day(), known.pulledAt(), null, null, true, null));
        }
    }

    /** GitHub as a whole has to be left alone. */
    synchronized void failed(String reason, @Nullable Instant started, Instant now, @Nullable Instant notBefore) {
        if (started != null) {
            lastPullAt = started;
        }
        problem = reason;
        pause = after(pause, now, notBefore);
    }

    /** Ends all pauses but the one that GitHub asked for. */
    synchronized void hurry(List<LocalDate> requested) {
        requested.forEach(heldDays::remove);
    }

    synchronized PullStatus status(@Nullable String organisation, @Nullable String off, Instant now) {
        List<LocalDate> suspect = days.values().stream()
                .filter(BilledDay::suspect)
                .map(BilledDay::day)
                .sorted()
                .toList();
        List<LocalDate> refused = List.copyOf(heldDays.keySet());
        Instant dataAt = newest();
        PullStatus.State state = off != null
                ? PullStatus.State.OFF
                : pause.failures() > 0
                        ? PullStatus.State.FAILING
                        : !refused.isEmpty() || !suspect.isEmpty()
                                ? PullStatus.State.DEGRADED
                                : lastPullAt == null ? PullStatus.State.WAITING : PullStatus.State.OK;
        return new PullStatus(
                state,
                organisation,
                off != null
                        ? off
                        : problem != null || heldDays.isEmpty()
                                ? problem
                                : heldDays.lastEntry().getValue().reason(),
                lastPullAt,
                dataAt,
                dataAt == null ? null : Duration.between(dataAt, now),
                pause.over(now) ? null : pause.until(),
                due,
                suspect,
                refused,
                List.copyOf(unknownSkus));
    }

    private Pause after(Pause before, Instant now, @Nullable Instant notBefore) {
        return before.after(now, config.firstPause(), config.longestPause(), notBefore, random);
    }

    private void note(BilledDay day) {
        Map<LocalDate, BilledDay> changed = new TreeMap<>(days);
        changed.put(day.day(), day);
        days = Map.copyOf(changed);
    }

    /** When the youngest day that has figures was last good. */
    private @Nullable Instant newest() {
        Instant newest = null;
        for (BilledDay day : days.values()) {
            Instant pulledAt = day.pulledAt();
            if (pulledAt != null && (newest == null || pulledAt.isAfter(newest)) && young(day, pulledAt)) {
                newest = pulledAt;
            }
        }
        return newest;
    }

    /** A pull of a day long gone says nothing about how current the figures are. */
    private static boolean young(BilledDay day, Instant pulledAt) {
        return !day.day().isBefore(BillingPeriod.dayOf(pulledAt).minusDays(1));
    }
}
