package io.sluice.alerting.groups;

import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.outbox.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what is told about a group when its timer is due. */
record GroupFlush(Duration groupInterval, Duration repeatInterval) {

    /**
     * An alert of the group.
     *
     * @param told whether a firing notification of it has been made, and no resolved one since
     */
    record Member(Alert alert, boolean told, Instant receivedAt) {
        boolean firesAt(Instant now) {
            return !alert.resolved() && alert.endsAt().isAfter(now);
        }
    }

    /** What to do; {@code dueAt} is when to look again, null: when something new comes. */
    sealed interface Decision {
        @Nullable
        Instant dueAt();

        /** Nothing to tell. */
        record Quiet(@Nullable Instant dueAt) implements Decision {}

        /** @param acceptedAt of the oldest report that is told about for the first time, else of this moment */
        record Tell(
                Kind kind,
                List<Alert> firing,
                List<Alert> resolved,
                Instant acceptedAt,
                @Nullable Instant dueAt) implements Decision {}
    }

    /** @param notifiedAt when the group was told about last; null: never since it was empty */
    Decision at(Instant now, List<Member> members, @Nullable Instant notifiedAt) {
        List<Member> firing = members.stream().filter(m -> m.firesAt(now)).toList();
        List<Member> fresh = firing.stream().filter(m -> !m.told()).toList();
        List<Member> over =
                members.stream().filter(m -> m.told() && !m.firesAt(now)).toList();
        boolean repeat = !firing.isEmpty()
                && (notifiedAt == null || !notifiedAt.plus(repeatInterval).isAfter(now));
        if (fresh.isEmpty() && over.isEmpty() && !repeat) {
            return new Decision.Quiet(next(now, firing, notifiedAt));
        }
        Kind kind = !fresh.isEmpty() ? Kind.FIRING : over.isEmpty() ? Kind.REPEAT : Kind.RESOLVED;
        Instant accepted = fresh.stream()
                .map(Member::receivedAt)
                .min(Instant::compareTo)
                .orElse(over.stream()
                        .map(m -> m.alert().updatedAt())
                        .max(Instant::compareTo)
                        .orElse(now));
        return new Decision.Tell(kind, alerts(firing), alerts(over), accepted, next(now, firing, now));
    }

    private @Nullable Instant next(Instant now, List<Member> firing, @Nullable Instant notifiedAt) {
        if (firing.isEmpty()) {
            return null;
        }
        Instant end = firing.stream()
                .map(m -> m.alert().endsAt())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant told = notifiedAt == null ? now : notifiedAt;
        Instant soonest = told.plus(groupInterval);
        Instant repeat = told.plus(repeatInterval);
        Instant due = end.isBefore(repeat) ? end : repeat;
        return due.isBefore(soonest) ? soonest : due;
    }

    private static List<Alert> alerts(List<Member> members) {
        return members.stream().map(Member::alert).toList();
    }
}
