package io.sluice.image.storage;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the store.
 *
 * @param by {@code bucket}, {@code owner} or {@code format}
 * @param day (UTC) of the sweep that measured it last; absent before the first
 * @param objects all of them
 * @param bytes all of them
 * @param items most bytes first
 */
public record StorageUsage(String by, @Nullable LocalDate day, long objects, long bytes, List<Item> items) {
    public StorageUsage {
        items = List.copyOf(items);
    }

    /**
     * Usage under one key.
     *
     * @param key for example {@code originals}, a collection, {@code webp}
     * @param objects that lie there
     * @param bytes that they have
     * @param growth in bytes
     */
    public record Item(String key, long objects, long bytes, Growth growth) {}

    /**
     * Bytes more than before; negative: fewer.
     *
     * @param day against a day before; absent: nothing is known of it
     * @param week against 7 days before
     * @param month against 30 days before
     */
    public record Growth(
            @Schema(description = "bytes more than a day before") @Nullable
            Long day,

            @Schema(description = "bytes more than 7 days before") @Nullable
            Long week,

            @Schema(description = "bytes more than 30 days before") @Nullable
            Long month) {}
}
