package io.sluice.gateway.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.platform.aws.SigV4;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stub is as strict as the vendors, or the tests against it prove nothing. */
class VendorStubTest {
    private final VendorStub stub = new VendorStub();

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void cloudfront_takes_a_right_signature_and_refuses_a_wrong_one() throws Exception {
        String body = "<InvalidationBatch><CallerReference>r</CallerReference><Paths><Items><Path>/a</Path></Items>"
                + "<Quantity>1</Quantity></Paths></InvalidationBatch>";
        assertThat(invalidate(VendorStub.AWS_SECRET, body, body)).isEqualTo(201);
        assertThat(invalidate("guessed", body, body)).isEqualTo(403);
        assertThat(invalidate(VendorStub.AWS_SECRET, body, body.replace("/a", "/b")))
                .isEqualTo(403);
        assertThat(stub.purged()).containsExactly("cloudfront path /a");
    }

    @Test
    void the_others_refuse_wrong_keys_and_too_much_at_once() throws Exception {
        Map<String, String> right = Map.of("Authorization", "Bearer " + VendorStub.CLOUDFLARE_TOKEN);
        String tags = "{\"tags\":[" + "\"t\",".repeat(100) + "\"t\"]}";
        assertThat(post("/cloudflare/zones/z/purge_cache", Map.of(), "{\"tags\":[\"t\"]}"))
                .isEqualTo(403);
        assertThat(post("/cloudflare/zones/z/purge_cache", right, tags)).isEqualTo(400);
        assertThat(post("/cloudflare/zones/z/purge_cache", right, "{\"tags\":[\"t\"],\"files\":[\"f\"]}"))
                .isEqualTo(400);
        assertThat(post("/fastly/service/s/purge", Map.of(), "{}")).isEqualTo(401);
        String keys = "{\"surrogate_keys\":[" + "\"t\",".repeat(256) + "\"t\"]}";
        assertThat(post("/fastly/service/s/purge", Map.of("Fastly-Key", VendorStub.FASTLY_KEY), keys))
                .isEqualTo(400);
        assertThat(post("/bunny/purge?url=x&exactPath=true", Map.of("AccessKey", "x"), ""))
                .isEqualTo(401);
        stub.allow(0);
        assertThat(post("/cloudflare/zones/z/purge_cache", right, "{\"tags\":[\"t\"]}"))
                .isEqualTo(429);
        assertThat(stub.purged()).isEmpty();
    }

    private int invalidate(String secret, String signedBody, String sentBody) throws Exception {
        URI address = URI.create(stub.url() + "/2020-05-31/distribution/E1/invalidation");
        SigV4 signer = new SigV4(new SigV4.Key(VendorStub.AWS_ID, secret, null), "us-east-1", "cloudfront");
        Map<String, String> headers = new HashMap<>(
                signer.sign("POST", address, Map.of(), signedBody.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
        return post(address.getPath(), headers, sentBody);
    }

    private int post(String path, Map<String, String> headers, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(stub.url() + path)).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
