package io.sluice.gateway.jobs;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.CdnSet;
import io.sluice.platform.problem.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a request for a job names, checked. */
public final class Named {
    private static final int SHOWN_ERRORS = 10;

    private Named() {}

    /**
     * Values without duplicates, in their order.
     *
     * @param most how many
     * @param checked makes each value what is used, or throws IllegalArgumentException
     * @throws InvalidRequest naming the values that are wrong
     */
    public static List<String> values(String field, List<String> given, int most, UnaryOperator<String> checked) {
        if (given.isEmpty() || given.size() > most) {
            throw new InvalidRequest(field, "must be 1-" + most + " values");
        }
        Set<String> values = new LinkedHashSet<>();
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < given.size() && errors.size() < SHOWN_ERRORS; i++) {
            try {
                values.add(checked.apply(given.get(i)));
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError(field + "[" + i + "]", String.valueOf(e.getMessage())));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        return List.copyOf(values);
    }

    /**
     * The CDNs of these names; all when there is no list.
     *
     * @throws InvalidRequest when there is none, or none of a name
     */
    public static List<Cdn> cdns(CdnSet set, @Nullable List<String> names) {
        List<Cdn> all = set.cdns();
        if (names == null) {
            if (all.isEmpty()) {
                throw new InvalidRequest("cdns", "there is none; create one first");
            }
            return all;
        }
        Set<String> wanted = new HashSet<>(names);
        List<Cdn> chosen = all.stream().filter(cdn -> wanted.remove(cdn.name())).toList();
        if (chosen.isEmpty() || !wanted.isEmpty()) {
            throw new InvalidRequest(
                    "cdns", "must be names of CDNs" + (wanted.isEmpty() ? "" : "; there is no " + wanted));
        }
        return chosen;
    }

    /** SHA-256 of what a request comes to, so that the same key with another request is noticed. */
    public static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
