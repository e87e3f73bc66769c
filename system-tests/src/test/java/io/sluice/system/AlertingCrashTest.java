package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.http.WebhookSink;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} again and again while alerts come in and go out. What was answered 200 is notified, and once; a delivery
 * that the kill cut off between the destination's answer and its being recorded, one a kill, may come twice under one key.
 */
class AlertingCrashTest {
    private static final int ROUNDS = Boolean.getBoolean("sluice.test.long") ? 200 : 3;
    private static final int REQUESTS = 30;
    private static final int ALERTS = 5;
    private static final Duration GROUP_WAIT = Duration.ofMillis(400);
    private static final Pattern NAME = Pattern.compile("\"groupKey\":\"[^}]*\\}:\\{alertname=\\\\\"(r\\d+-\\d+-\\d+)");

    private final long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    @Test
    void every_alert_answered_200_is_notified_once_whenever_the_process_is_killed(@TempDir Path folder)
            throws Exception {
        System.out.println("seed of the crash test (-Dsluice.test.seed): " + seed);
        try (EmbeddedPostgres postgres = postgres(folder);
                WebhookSink sink = WebhookSink.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InstantSource.system());
                AlertingProcess service =
                        new AlertingProcess(postgres, folder.resolve("alerting.log"), settings(sink))) {
            for (int round = 0; round < ROUNDS; round++) {
                service.start();
                int deliveredBefore = sink.received().size();
                List<Thread> posters = post(service, round);
                String first = "r" + round + "-";
                await().until(() -> answered.stream().anyMatch(name -> name.startsWith(first)));
                awaitKill(sink, round, deliveredBefore);
                service.kill();
                for (Thread poster : posters) {
                    poster.join();
                }
                int kept = answered.size();
                int open = kept - told(sink).size();
                System.out.println("kill " + (round + 1) + ": " + kept + " alerts kept so far, about " + open
                        + " of them not told about yet");
                if (round % 3 == 0) {
                    assertThat(open).as("alerts that a memory would have lost").isPositive();
                }
            }
            service.start();
            awaitAllTold(sink);
            assertThat(told(sink)).containsAll(answered);
            assertOnce(sink);
        }
    }

    /** One alert is told after the other, and 200 rounds leave thousands: as long as it goes on, there is time. */
    private void awaitAllTold(WebhookSink sink) {
        int before;
        do {
            before = told(sink).size();
            int soFar = before;
            await().pollInterval(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        Set<String> told = told(sink);
                        return told.size() > soFar || told.containsAll(answered);
                    });
        } while (told(sink).size() > before);
    }

    /** Each third kill falls into the time before anything of its round is sent, the others behind a delivery of chance. */
    private void awaitKill(WebhookSink sink, int round, int deliveredBefore) {
        if (round % 3 == 0) {
            LockSupport.parkNanos(random.nextLong(GROUP_WAIT.toNanos() / 2));
        } else {
            int delivery = deliveredBefore + random.nextInt(1, REQUESTS * ALERTS);
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> sink.received().size() >= delivery);
            LockSupport.parkNanos(random.nextLong(5_000_000));
        }
    }

    private List<Thread> post(AlertingProcess service, int round) {
        List<Thread> posters = new ArrayList<>();
        for (int poster = 0; poster < 2; poster++) {
            int from = poster * REQUESTS;
            posters.add(Thread.ofVirtual().start(() -> {
                for (int request = from; request < from + REQUESTS; request++) {
                    List<String> names = names(round, request);
                    if (service.post(body(names)) == 200) {
                        answered.addAll(names);
                    }
                }
            }));
        }
        return posters;
    }

    private static void assertOnce(WebhookSink sink) {
        Map<String, Set<String>> keys = new HashMap<>();
        Map<String, Integer> deliveries = new HashMap<>();
        for (WebhookSink.Received one : sink.received()) {
            String key = one.headers().getOrDefault("Idempotency-key", "");
            deliveries.merge(key, 1, Integer::sum);
            names(one)
                    .forEach(name ->
                            keys.computeIfAbsent(name, n -> new HashSet<>()).add(key));
        }
        assertThat(keys)
                .allSatisfy((name, ofName) ->
                        assertThat(ofName).as("notifications of " + name).hasSize(1));
        int again = deliveries.values().stream().mapToInt(count -> count - 1).sum();
        assertThat(again).as("deliveries that came again").isLessThanOrEqualTo(ROUNDS);
    }

    private static Set<String> told(WebhookSink sink) {
        Set<String> told = new HashSet<>();
        sink.received().forEach(one -> told.addAll(names(one)));
        return told;
    }

    private static List<String> names(WebhookSink.Received one) {
        return NAME.matcher(one.body()).results().map(match -> match.group(1)).toList();
    }

    private static List<String> names(int round, int request) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ALERTS; i++) {
            names.add("r" + round + "-" + request + "-" + i);
        }
        return names;
    }

    private static String body(List<String> names) {
        List<String> alerts = names.stream()
                .map(name -> "{\"labels\":{\"alertname\":\"" + name + "\",\"severity\":\"P1\"}}")
                .toList();
        return "[" + String.join(",", alerts) + "]";
    }

    /** One delivery at a time, so that a kill can cut off no more than one. */
    private static Map<String, String> settings(WebhookSink sink) {
        Map<String, String> settings = new HashMap<>();
        settings.put("sluice.alerting.webhook.url", sink.url() + "/hook");
        settings.put("sluice.alerting.webhook.timeout", "PT0.5S");
        settings.put("sluice.alerting.outbox.lease", "PT6S");
        settings.put("sluice.alerting.outbox.in-flight", "1");
        settings.put("sluice.alerting.outbox.poll", "PT0.2S");
        settings.put("sluice.alerting.route.group-by", "alertname");
        settings.put("sluice.alerting.route.group-wait", GROUP_WAIT.toString());
        settings.put("sluice.alerting.route.resolve-timeout", "PT24H");
        settings.put("sluice.alerting.route.repeat-interval", "PT24H");
        settings.put("sluice.alerting.route.poll", "PT0.1S");
        return settings;
    }

    private static EmbeddedPostgres postgres(Path folder) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Options(
                folder.resolve("data"),
                FreePorts.next(),
                "test",
                EmbeddedPostgres.defaultCache(),
                Map.of("fsync", "off"))); // only the service is killed
        postgres.database("sluice");
        postgres.schema("sluice", "alerting", "alerting");
        return postgres;
    }
}
