package io.sluice.image.storage;

import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.files.VariantIndex;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may go, by age. Pure. */
final class Retention {
    private final StorageConfig config;
    private final String profile;
    private final Instant now;

    /** @param profile encoder profile in force */
    Retention(StorageConfig config, String profile, Instant now) {
        this.config = config;
        this.profile = profile;
        this.now = now;
    }

    /**
     * Why an index entry goes; empty: it stays.
     *
     * @param address what it stands for; null when it is none (any more)
     * @param usedOn last day on which it was served; null: never, or not known
     * @param there whether the bytes it names are in the store
     * @param remembers whether it outlives its bytes, because it says from which picture they are made anew
     */
    Optional<Cause> entry(
            VariantIndex.Listed listed,
            @Nullable VariantAddress address,
            @Nullable LocalDate usedOn,
            boolean there,
            boolean remembers) {
        Instant last = last(listed.published(), usedOn);
        if (address != null && gone(address)) {
            return when(last.isBefore(now.minus(config.oldProfile())), Cause.OLD_PROFILE);
        }
        if (address == null || listed.entry().isEmpty() || !there) {
            return when(!remembers && orphaned(listed.published()), Cause.ENTRY_WITHOUT_BYTES);
        }
        return when(last.isBefore(now.minus(config.unused())), Cause.UNUSED_VARIANT);
    }

    /** Whether something without its counterpart is too old to be in the making. */
    boolean orphaned(Instant modified) {
        return modified.isBefore(now.minus(config.orphan()));
    }

    /** Whether an original was put long enough ago. */
    boolean originalDue(Instant modified) {
        return modified.isBefore(now.minus(config.original()));
    }

    private boolean gone(VariantAddress address) {
        return address.recipe()
                .map(Recipe::profile)
                .filter(own -> !own.equals(profile))
                .isPresent();
    }

    private static Instant last(Instant published, @Nullable LocalDate usedOn) {
        if (usedOn == null) {
            return published;
        }
        Instant used = usedOn.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return used.isAfter(published) ? used : published;
    }

    private static Optional<Cause> when(boolean due, Cause cause) {
        return due ? Optional.of(cause) : Optional.empty();
    }
}
