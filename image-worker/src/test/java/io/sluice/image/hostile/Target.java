package io.sluice.image.hostile;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.Service;
import io.sluice.testkit.access.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service under attack. Notes each answer and the CPU time of the service's threads for the costliest exchange.
 */
final class Target implements AutoCloseable {
    private static final Pattern SLUG = Pattern.compile("\"type\":\"/problems/([a-z-]+)\"");
    private static final Pattern OID = Pattern.compile("\"oid\":\"([0-9a-f]{64})\"");

    private final URI base;
    private final String profile;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Set<String> answers = new TreeSet<>();
    private long cpuNanos;
    private final int width;
    private long largest;

    /** @param width of the variant that is asked for; another width is another encode */
    Target(URI base, String profile, int width) {
        this.base = base;
        this.profile = profile;
        this.width = width;
    }

    /** Uploads; when it is taken, asks for a variant. */
    void upload(byte[] image) throws IOException, InterruptedException {
        largest = Math.max(largest, image.length);
        ServiceCpu cpu = ServiceCpu.start();
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(base.resolve("/api/v1/images"))
                .header("Authorization", "Bearer " + TestTokens.OPERATOR)
                .header("Content-Type", "image/jpeg")
                .POST(HttpRequest.BodyPublishers.ofByteArray(image)));
        String text = outcome(answer);
        if (answer.statusCode() < 300) {
            Matcher oid = OID.matcher(new String(answer.body(), StandardCharsets.UTF_8));
            text = oid.find() ? "taken, then " + outcome(get(variant(oid.group(1)))) : "taken without an oid";
        }
        note(text, cpu);
    }

    /** Any other call; a GET when it has no method. */
    void call(HttpRequest.Builder request) throws IOException, InterruptedException {
        ServiceCpu cpu = ServiceCpu.start();
        note(outcome(send(request)), cpu);
    }

    /** A request to build on. */
    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/$", "") + pathAndQuery));
    }

    HttpResponse<byte[]> get(String pathAndQuery) throws IOException, InterruptedException {
        return send(request(pathAndQuery));
    }

    /** The signed address of a small WebP of the width in use. */
    String variant(String oid) {
        return Service.SIGNER.sign(
                VariantAddress.of("hostile", oid, Recipe.of(profile, width, 0, Fit.INSIDE, 70), ImageFormat.WEBP)
                        .path());
    }

    String profile() {
        return profile;
    }

    /** Every answer since the last call, and the CPU time of the costliest exchange. */
    Seen seen() {
        Seen seen = new Seen(Set.copyOf(answers), cpuNanos / 1_000_000, largest);
        answers.clear();
        cpuNanos = 0;
        largest = 0;
        return seen;
    }

    /**
     * @param answers all that came
     * @param cpuMillis of the costliest exchange
     * @param bytes of the largest upload; 0 when there was none
     */
    record Seen(Set<String> answers, long cpuMillis, long bytes) {
        /** All answers of several tries, and the CPU time of the middle one. */
        static Seen median(List<Seen> tries) {
            Set<String> all = new TreeSet<>();
            tries.forEach(seen -> all.addAll(seen.answers()));
            List<Long> cpu = tries.stream().map(Seen::cpuMillis).sorted().toList();
            return new Seen(
                    Set.copyOf(all), cpu.get(cpu.size() / 2), tries.getFirst().bytes());
        }
    }

    private void note(String answer, ServiceCpu cpu) {
        answers.add(answer);
        cpuNanos = Math.max(cpuNanos, cpu.nanos());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String outcome(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
        Matcher slug = SLUG.matcher(body);
        String status = Integer.toString(answer.statusCode());
        if (body.contains("<script") || body.contains("Exception")) {
            return status + " with what must not be in it";
        }
        if (answer.statusCode() < 400) {
            return status;
        }
        return slug.find() ? status + " " + slug.group(1) : status + " without a problem";
    }

    @Override
    public void close() {
        client.close();
    }
}
