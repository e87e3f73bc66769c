package io.sluice.lfs.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.util.Optional;

/** What the account may use. GitHub tells it nowhere, so it comes from the plan's name or from here. */
@ConfigMapping(prefix = "sluice.lfs")
public interface AccountConfig {
    /** {@code free}, {@code pro}, {@code team} or {@code enterprise}; without it there is no limit, never a guessed one. */
    Optional<String> plan();

    /** What GitHub's "Gigabytes" are: its bill says gigabytes, its documentation GiB; 7 % lie between them. */
    @WithDefault("GIB")
    ByteUnit unit();

    /** Overrides the plan, one by one. */
    Allowance allowance();

    /** Limits in {@link #unit()}, and of money. */
    interface Allowance {
        /** Downloads in a month. */
        Optional<BigDecimal> bandwidth();

        /** Stored all month long. */
        Optional<BigDecimal> storage();

        /** What may be billed in a month, in USD. */
        Optional<BigDecimal> cost();
    }

    /** How many bytes a "Gigabyte" has. */
    enum ByteUnit {
        GIB("GiB", 1L << 30),
        GB("GB", 1_000_000_000L);

        private final String label;
        private final long bytes;

        ByteUnit(String label, long bytes) {
            this.label = label;
            this.bytes = bytes;
        }

        /** As it stands in answers. */
        public String label() {
            return label;
        }

        public long bytes() {
            return bytes;
        }

        /** As it stands in answers, for a SKU. */
        public String label(Sku.Unit unit) {
            return switch (unit) {
                case GIGABYTES -> label;
                case GIGABYTE_HOURS -> label + "-hour";
                case OTHER -> "unknown";
            };
        }
    }
}
