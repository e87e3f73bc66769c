package io.sluice.image.storage;

import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.image.VariantAddress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which variants were served on which day: noted in memory on the data plane, written once a variant and day each minute. Requests
 * that a CDN answers do not come here, so a variant's last use is that of its last miss.
 */
@ApplicationScoped
public class VariantUse {
    private static final int MOST = 200_000;
    private static final int BATCH = 5_000;

    private final VariantUseStore store;
    private final InstantSource clock;
    /** Name to whether it is written. */
    private final Map<String, Boolean> today = new ConcurrentHashMap<>();

    private volatile LocalDate day = LocalDate.EPOCH;

    VariantUse(VariantUseStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Notes that a variant was served; never blocks. Past 200,000 variants a day no more are noted. */
    public void served(VariantAddress address) {
        if (today.size() < MOST) {
            String path = address.path();
            today.putIfAbsent(path.substring(path.indexOf('/', 3) + 1), false);
        }
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        LocalDate now = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!now.equals(day)) {
            today.values().removeIf(written -> written);
            day = now;
        }
        List<String> fresh = today.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .limit(BATCH)
                .map(Map.Entry::getKey)
                .toList();
        return fresh.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.used(fresh, now)
                        .invoke(() -> fresh.forEach(name -> today.replace(name, true)))
                        .onFailure()
                        .recoverWithNull();
    }
}
