package io.sluice.optimizer.policies;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.optimizer.pacing.FaultRule;
import io.sluice.optimizer.pacing.PacingRule;
import io.sluice.platform.problem.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/policies}.
 *
 * @param id 1-64 of {@code 0-9 a-z -}
 * @param kind what drives it
 * @param pacing absent: as the first policy of its kind has it. So is the next
 */
public record NewPolicy(
        @Nullable String id,
        Policy.@Nullable Kind kind,
        @Nullable PacingRule pacing,
        @Nullable FaultRule faults) {
    private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,64}");

    /** Fails with every field that is wrong. */
    static NewPolicy checked(@Nullable NewPolicy policy) {
        if (policy == null) {
            throw new InvalidRequest("body", "is required");
        }
        List<FieldError> errors = new ArrayList<>();
        if (policy.id == null || !ID.matcher(policy.id).matches()) {
            errors.add(new FieldError("id", "is required, 1-64 of 0-9 a-z -"));
        }
        if (policy.kind == null) {
            errors.add(new FieldError("kind", "is required: LFS_QUOTA, CDN_COST or ERROR_RATE"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        return policy;
    }
}
