package io.sluice.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of AWS's Signature Version 4 test suite (aws-sig-v4-test-suite), and examples of the S3 API Reference. */
class SigV4Test {
    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    private static final SigV4.Key KEY = new SigV4.Key("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
    private static final Instant S3_NOW = Instant.parse("2013-05-24T00:00:00Z");
    private static final SigV4 S3 = new SigV4(
            new SigV4.Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null), "us-east-1", "s3");
    private static final SigV4 SIGNER = new SigV4(KEY, "us-east-1", "service");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "get-vanilla, GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-vanilla-query-order-key-case, GET, /?Param2=value2&Param1=value1, "
                + "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        "get-vanilla-empty-query-key, GET, /?Param1=value1, "
                + "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
        "post-vanilla, POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "post-vanilla-query, POST, /?Param1=value1, 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"
    })
    void signs_as_the_published_vectors(String name, String method, String target, String signature) {
        URI address = URI.create("https://example.amazonaws.com" + target);
        assertThat(SIGNER.sign(method, address, Map.of(), new byte[0], NOW))
                .containsEntry("X-Amz-Date", "20150830T123600Z")
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                                + "SignedHeaders=host;x-amz-date, Signature=" + signature);
    }

    @Test
    void signs_a_form_and_its_type_as_the_published_vector() {
        byte[] body = "Param1=value1".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        assertThat(SIGNER.sign("POST", URI.create("https://example.amazonaws.com/"), headers, body, NOW)
                        .get("Authorization"))
                .contains("SignedHeaders=content-type;host;x-amz-date")
                .endsWith("Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void sends_and_signs_the_token_of_a_temporary_key_and_shows_no_secret() {
        SigV4.Key temporary = new SigV4.Key("id", "hidden", "session");
        assertThat(new SigV4(temporary, "us-east-1", "service")
                        .sign("GET", URI.create("https://example.amazonaws.com/"), Map.of(), new byte[0], NOW))
                .containsEntry("X-Amz-Security-Token", "session")
                .hasEntrySatisfying(
                        "Authorization",
                        header -> assertThat(header).contains("SignedHeaders=host;x-amz-date;x-amz-security-token"));
        assertThat(temporary.toString()).doesNotContain("hidden").doesNotContain("session");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "get with a range, GET, /test.txt, Range, bytes=0-9, "
                + "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "get bucket lifecycle, GET, /?lifecycle, , , fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "list objects, GET, /?max-keys=2&prefix=J, , , 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void signs_as_the_published_examples_of_s3(
            String name,
            String method,
            String target,
            @Nullable String header,
            @Nullable String value,
            String signature) {
        Map<String, String> headers = header == null || value == null ? Map.of() : Map.of(header, value);
        URI address = URI.create("https://examplebucket.s3.amazonaws.com" + target);

        Map<String, String> added = S3.sign(method, address, headers, SigV4.EMPTY, S3_NOW);

        assertThat(added).containsEntry("X-Amz-Content-Sha256", SigV4.EMPTY);
        assertThat(added.get("Authorization")).endsWith("Signature=" + signature);
    }

    @Test
    void signs_a_put_of_s3_whose_path_is_encoded_once_as_the_published_example() {
        URI address = URI.create("https://examplebucket.s3.amazonaws.com" + SigV4.encodedPath("/test$file.text"));
        Map<String, String> headers =
                Map.of("Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY");
        String payload = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

        assertThat(S3.sign("PUT", address, headers, payload, S3_NOW).get("Authorization"))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }
}
