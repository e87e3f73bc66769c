package io.sluice.image.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.files.VariantIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    private static final String OID = "ab".repeat(32);

    @Test
    void lets_a_variant_go_that_was_neither_published_nor_served_for_long() {
        assertThat(judge("e1", 91, null)).contains(Cause.UNUSED_VARIANT);
        assertThat(judge("e1", 91, 89)).isEmpty();
        assertThat(judge("e1", 89, null)).isEmpty();
    }

    @Test
    void lets_variants_of_an_old_profile_go_after_a_week() {
        assertThat(judge("e0", 8, null)).contains(Cause.OLD_PROFILE);
        assertThat(judge("e0", 8, 2)).isEmpty();
        assertThat(judge("e0", 6, null)).isEmpty();
    }

    @Test
    void lets_an_entry_without_bytes_go_unless_it_is_in_the_making_or_says_how_to_make_them() {
        VariantIndex.Listed old = listed("e1", Duration.ofHours(2));
        VariantIndex.Listed young = listed("e1", Duration.ofMinutes(2));
        assertThat(retention().entry(old, address("e1"), null, false, false)).contains(Cause.ENTRY_WITHOUT_BYTES);
        assertThat(retention().entry(young, address("e1"), null, false, false)).isEmpty();
        assertThat(retention().entry(old, address("e1"), null, false, true)).isEmpty();
    }

    private static Optional<Cause> judge(String profile, int ageDays, @Nullable Integer usedDaysAgo) {
        LocalDate used = usedDaysAgo == null
                ? null
                : LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(usedDaysAgo);
        return retention().entry(listed(profile, Duration.ofDays(ageDays)), address(profile), used, true, false);
    }

    private static VariantIndex.Listed listed(String profile, Duration age) {
        return new VariantIndex.Listed(
                OID + "/" + profile + "-q80-w64-xinside.webp",
                Optional.of(new VariantIndex.Entry.Stored("cd".repeat(32), 10, 0)),
                NOW.minus(age));
    }

    private static VariantAddress address(String profile) {
        return VariantAddress.parse("/v/x/" + OID + "/" + profile + "-q80-w64-xinside.webp");
    }

    private static Retention retention() {
        return new Retention(new Ages(), "e1", NOW);
    }

    private record Ages() implements StorageConfig {
        @Override
        public boolean automatic() {
            return true;
        }

        @Override
        public Duration every() {
            return Duration.ofDays(1);
        }

        @Override
        public Duration unused() {
            return Duration.ofDays(90);
        }

        @Override
        public Duration oldProfile() {
            return Duration.ofDays(7);
        }

        @Override
        public Duration original() {
            return Duration.ofDays(7);
        }

        @Override
        public Duration orphan() {
            return Duration.ofHours(1);
        }
    }
}
