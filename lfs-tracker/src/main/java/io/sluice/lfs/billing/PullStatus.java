package io.sluice.lfs.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the pulling of GitHub's bill stands.
 *
 * @param state OFF not configured; WAITING nothing pulled since the start; OK; DEGRADED some days cannot be taken; FAILING
 * @param organisation absent when not configured
 * @param problem what to do about it; absent when all is well
 * @param lastPullAt latest call to GitHub since the start
 * @param dataAt when the newest figures were good; absent before the first
 * @param dataAge how old they are; absent before the first
 * @param pausedUntil GitHub is left alone until then
 * @param dueDays days that wait for a pull
 * @param suspectDays days whose figures a later empty answer contradicts
 * @param refusedDays days whose last answer could not be taken
 * @param unknownSkus Git LFS SKUs that are kept but not part of any budget
 */
public record PullStatus(
        State state,
        @Nullable String organisation,
        @Nullable String problem,
        @Nullable Instant lastPullAt,
        @Nullable Instant dataAt,
        @Schema(description = "ISO 8601") @Nullable Duration dataAge,
        @Nullable Instant pausedUntil,
        int dueDays,
        List<LocalDate> suspectDays,
        List<LocalDate> refusedDays,
        List<String> unknownSkus) {

    public PullStatus {
        suspectDays = List.copyOf(suspectDays);
        refusedDays = List.copyOf(refusedDays);
        unknownSkus = List.copyOf(unknownSkus);
    }

    /** In one word. */
    public enum State {
        OFF,
        WAITING,
        OK,
        DEGRADED,
        FAILING
    }
}
