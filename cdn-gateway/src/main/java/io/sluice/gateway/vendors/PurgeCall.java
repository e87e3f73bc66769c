package io.sluice.gateway.vendors;

import java.util.List;

/**
 * One call of a vendor's API.
 *
 * @param operation what the values are
 * @param values paths below the CDN's address, directories or tags; none for {@link PurgeOperation#EVERYTHING}
 * @param soft whether objects are marked stale rather than removed
 */
public record PurgeCall(PurgeOperation operation, List<String> values, boolean soft) {
    public PurgeCall {
        values = List.copyOf(values);
        if (values.isEmpty() != (operation == PurgeOperation.EVERYTHING)) {
            throw new IllegalArgumentException(operation + " with " + values.size() + " values");
        }
    }

    /** Splits values into calls of at most {@code most}. */
    static List<PurgeCall> batches(PurgeOperation operation, List<String> values, boolean soft, int most) {
        List<PurgeCall> calls = new java.util.ArrayList<>();
        for (int from = 0; from < values.size(); from += most) {
            calls.add(new PurgeCall(operation, values.subList(from, Math.min(values.size(), from + most)), soft));
        }
        return calls;
    }

    static List<PurgeCall> everything(boolean soft) {
        return List.of(new PurgeCall(PurgeOperation.EVERYTHING, List.of(), soft));
    }
}
