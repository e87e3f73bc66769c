package io.sluice.lfs.billing;

import io.sluice.lfs.account.Sku;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What one answer says about one day, one entry for each repository and SKU. Rows of the same repository and SKU are added up,
 * for GitHub may report several moments of a day; a row that repeats another in every field, its moment included, is the same
 * usage told twice and counts once.
 *
 * @param entries one for each (repository, SKU); repositories compare without case
 * @param items rows of all products in the answer
 * @param doubled rows that were left out because they repeat another
 */
record DayUsage(List<Entry> entries, int items, int doubled) {

    /** Sum of a repository and SKU. */
    record Entry(
            String repository, Sku sku, long qtyNano, long priceNano, long grossNano, long discNano, long netNano) {
        Entry plus(Entry other) {
            return new Entry(
                    repository,
                    sku,
                    Math.addExact(qtyNano, other.qtyNano),
                    other.priceNano,
                    Math.addExact(grossNano, other.grossNano),
                    Math.addExact(discNano, other.discNano),
                    Math.addExact(netNano, other.netNano));
        }
    }

    private record Key(String repository, Sku sku) {}

    static DayUsage of(Collection<UsageRow> rows, int items) {
        Set<UsageRow> seen = new HashSet<>();
        Map<Key, Entry> entries = new LinkedHashMap<>();
        for (UsageRow row : rows) {
            if (seen.add(row)) {
                entries.merge(
                        new Key(row.repository().toLowerCase(Locale.ROOT), row.sku()),
                        new Entry(
                                row.repository(),
                                row.sku(),
                                row.qtyNano(),
                                row.priceNano(),
                                row.grossNano(),
                                row.discNano(),
                                row.netNano()),
                        Entry::plus);
            }
        }
        return new DayUsage(List.copyOf(entries.values()), items, rows.size() - seen.size());
    }

    /** SKUs of Git LFS that are not known yet. */
    List<String> unknownSkus() {
        return entries.stream()
                .map(Entry::sku)
                .filter(sku -> !sku.known())
                .map(Sku::name)
                .distinct()
                .sorted()
                .toList();
    }
}
