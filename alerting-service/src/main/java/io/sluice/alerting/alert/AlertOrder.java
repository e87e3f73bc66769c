package io.sluice.alerting.alert;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Alertmanager's order of alerts in a notification: by job, instance, then number of labels, then label by label. */
public final class AlertOrder {
    /** Of label sets. */
    public static final Comparator<SortedMap<String, String>> LABELS = AlertOrder::compare;

    private AlertOrder() {}

    private static int compare(SortedMap<String, String> a, SortedMap<String, String> b) {
        for (String first : List.of("job", "instance")) {
            int order = absentLast(a.get(first), b.get(first));
            if (order != 0) {
                return order;
            }
        }
        if (a.size() != b.size()) {
            return Integer.compare(a.size(), b.size());
        }
        TreeSet<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        for (String name : names) {
            int order = absentFirst(a.get(name), b.get(name));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int absentLast(@Nullable String a, @Nullable String b) {
        return Objects.compare(a, b, Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private static int absentFirst(@Nullable String a, @Nullable String b) {
        return Objects.compare(a, b, Comparator.nullsFirst(Comparator.naturalOrder()));
    }
}
