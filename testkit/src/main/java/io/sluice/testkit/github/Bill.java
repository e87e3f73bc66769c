package io.sluice.testkit.github;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the account used and what GitHub charges for it: the recording, plus what was added to it, up to the hour. What the
 * Team plan includes (250 GiB of each, docs.github.com "product usage included") is discounted in the order of the days.
 */
final class Bill {
    private static final BigDecimal INCLUDED_GIB = BigDecimal.valueOf(250);

    private final String organisation;
    private final Recording recording;
    private final List<Added> added = new ArrayList<>();
    private final List<Added> doubled = new ArrayList<>();

    Bill(String organisation, Recording recording) {
        this.organisation = organisation;
        this.recording = recording;
    }

    /** Usage beside the recording; negative takes it away again. */
    record Added(String repository, LfsSku sku, LocalDate day, BigDecimal quantity) {}

    synchronized void add(Added usage) {
        added.add(usage);
    }

    synchronized void duplicate(String repository, LfsSku sku, LocalDate day) {
        doubled.add(new Added(repository, sku, day, BigDecimal.ZERO));
    }

    synchronized void reset() {
        added.clear();
        doubled.clear();
    }

    /** Rows of one day as they stand at {@code now}. */
    synchronized List<UsageItem> day(LocalDate day, Instant now) {
        List<UsageItem> items = new ArrayList<>();
        if (hours(day, now) == 0) {
            return items;
        }
        Instant date = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        recording.others().forEach(other -> items.add(other(date, other, BigDecimal.ONE)));
        for (LfsSku sku : LfsSku.values()) {
            BigDecimal before = BigDecimal.ZERO;
            for (LocalDate earlier = day.withDayOfMonth(1); earlier.isBefore(day); earlier = earlier.plusDays(1)) {
                before = before.add(sum(used(sku, earlier, now)));
            }
            for (Map.Entry<String, BigDecimal> use : used(sku, day, now).entrySet()) {
                UsageItem item = item(date, sku, use.getKey(), use.getValue(), before);
                before = before.add(use.getValue());
                items.add(item);
                if (doubled.stream()
                        .anyMatch(d -> d.day().equals(day)
                                && d.sku() == sku
                                && d.repository().equals(use.getKey()))) {
                    items.add(item);
                }
            }
        }
        return items;
    }

    /** One row for each SKU and repository of a month, dated at the first moment of usage: GitHub's answer without a day. */
    synchronized List<UsageItem> month(YearMonth month, Instant now) {
        List<UsageItem> items = new ArrayList<>();
        Instant date = month.atDay(1).atTime(5, 20, 13).toInstant(ZoneOffset.UTC);
        if (date.isAfter(now)) {
            return items;
        }
        BigDecimal days = BigDecimal.valueOf(month.lengthOfMonth());
        recording.others().forEach(other -> items.add(other(date, other, days)));
        for (LfsSku sku : LfsSku.values()) {
            Map<String, BigDecimal> byRepository = new TreeMap<>();
            for (LocalDate day = month.atDay(1); !day.isAfter(month.atEndOfMonth()); day = day.plusDays(1)) {
                used(sku, day, now).forEach((name, quantity) -> byRepository.merge(name, quantity, BigDecimal::add));
            }
            BigDecimal before = BigDecimal.ZERO;
            for (Map.Entry<String, BigDecimal> use : byRepository.entrySet()) {
                items.add(item(date, sku, use.getKey(), use.getValue(), before));
                before = before.add(use.getValue());
            }
        }
        return items;
    }

    private Map<String, BigDecimal> used(LfsSku sku, LocalDate day, Instant now) {
        int hours = hours(day, now);
        Map<String, BigDecimal> used = new TreeMap<>();
        if (hours > 0) {
            used.putAll(recording.used(sku, day, hours));
            added.stream()
                    .filter(usage -> usage.sku() == sku && usage.day().equals(day))
                    .forEach(usage -> used.merge(usage.repository(), usage.quantity(), BigDecimal::add));
        }
        return used;
    }

    private UsageItem item(Instant date, LfsSku sku, String repository, BigDecimal quantity, BigDecimal before) {
        BigDecimal left = included(sku, date).subtract(before).max(BigDecimal.ZERO);
        BigDecimal gross = money(quantity.multiply(sku.price()));
        BigDecimal discount = money(quantity.min(left).multiply(sku.price()));
        return new UsageItem(
                date,
                "git_lfs",
                sku.displayName(),
                quantity.setScale(9, RoundingMode.HALF_UP),
                sku.unitType(),
                sku.price(),
                gross,
                discount,
                gross.subtract(discount),
                organisation,
                repository);
    }

    private UsageItem other(Instant date, Recording.Other other, BigDecimal days) {
        BigDecimal quantity = other.quantity().multiply(days);
        BigDecimal gross = money(quantity.multiply(other.price()));
        return new UsageItem(
                date,
                other.product(),
                other.sku(),
                quantity,
                other.unit(),
                other.price(),
                gross,
                BigDecimal.ZERO,
                gross,
                organisation,
                other.repository());
    }

    private static BigDecimal included(LfsSku sku, Instant date) {
        return switch (sku) {
            case BANDWIDTH -> INCLUDED_GIB;
            case STORAGE ->
                INCLUDED_GIB.multiply(BigDecimal.valueOf(
                        24L * YearMonth.from(date.atOffset(ZoneOffset.UTC)).lengthOfMonth()));
        };
    }

    /** Whole hours of a day that are over, 0-24. */
    private static int hours(LocalDate day, Instant now) {
        Duration elapsed = Duration.between(day.atStartOfDay().toInstant(ZoneOffset.UTC), now);
        return Math.clamp(elapsed.toHours(), 0, 24);
    }

    private static BigDecimal sum(Map<String, BigDecimal> quantities) {
        return quantities.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal money(BigDecimal amount) {
        return amount.setScale(8, RoundingMode.HALF_UP);
    }
}
