package io.sluice.gateway.warming;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When a market is warmed by itself, and with what.
 *
 * @param market whose clients' favourites are fetched
 * @param from local time at which the window opens
 * @param to local time at which it closes; at or before {@code from} it is of the next day
 * @param timeZone IANA name, such as Europe/Berlin
 * @param top how many addresses
 * @param predicted by what is expected next rather than by what was asked for
 * @param cdns those that the market allows when absent
 * @param rate fetches a second; what the origin guard allows when absent
 */
@Schema(name = "WarmingTerms")
record WarmingTerms(
        @Schema(description = "whose clients' favourites are fetched")
        String market,

        @Schema(description = "local time at which the window opens, such as 02:00")
        LocalTime from,

        @Schema(description = "local time at which it closes; at or before from it is of the next day")
        LocalTime to,

        @Schema(description = "IANA name, such as Europe/Berlin; UTC when absent")
        String timeZone,

        @Schema(description = "how many addresses, 1-1000, required") @Nullable
        Integer top,

        @Schema(description = "by what is expected next rather than by what was asked for")
        Boolean predicted,

        @Schema(description = "those that the market allows when absent") @Nullable
        List<String> cdns,

        @Schema(description = "fetches a second; what the origin guard allows when absent") @Nullable
        Double rate) {
    // What a request leaves out is null here.
    @SuppressWarnings("ConstantValue")
    WarmingTerms {
        if (market == null || from == null || to == null) {
            throw new IllegalArgumentException("market, from and to are required");
        }
        timeZone = timeZone == null ? "UTC" : timeZone;
        predicted = predicted != null && predicted;
        try {
            ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timeZone must be an IANA name such as Europe/Berlin", e);
        }
        cdns = cdns == null ? null : List.copyOf(cdns);
    }

    /**
     * A window that is open.
     *
     * @param day on which it opened, in the schedule's time zone
     * @param end when it closes
     */
    record Window(LocalDate day, Instant end) {}

    /** The window that is open now. */
    Optional<Window> open(Instant now) {
        LocalDate today = now.atZone(ZoneId.of(timeZone)).toLocalDate();
        for (LocalDate day : List.of(today, today.minusDays(1))) {
            Instant end = end(day);
            if (!now.isBefore(start(day)) && now.isBefore(end)) {
                return Optional.of(new Window(day, end));
            }
        }
        return Optional.empty();
    }

    /** When the next window opens that is not open yet. */
    Instant next(Instant now) {
        LocalDate today = now.atZone(ZoneId.of(timeZone)).toLocalDate();
        Instant start = start(today);
        return start.isAfter(now) ? start : start(today.plusDays(1));
    }

    private Instant start(LocalDate day) {
        return ZonedDateTime.of(day, from, ZoneId.of(timeZone)).toInstant();
    }

    private Instant end(LocalDate day) {
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        return ZonedDateTime.of(last, to, ZoneId.of(timeZone)).toInstant();
    }
}
