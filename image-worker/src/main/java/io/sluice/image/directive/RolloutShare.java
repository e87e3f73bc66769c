package io.sluice.image.directive;

import io.sluice.contracts.directive.Directive.Rollout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Whether this worker is among those that act on throttle and features already: by hash of salt and worker id. Pure. */
final class RolloutShare {
    private RolloutShare() {}

    static boolean includes(@Nullable Rollout rollout, String workerId) {
        if (rollout == null || rollout.workerFraction() >= 1) {
            return true;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((rollout.salt() + '|' + workerId).getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53 < rollout.workerFraction();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
