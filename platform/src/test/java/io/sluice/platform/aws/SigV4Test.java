package io.sluice.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * AWS's published examples: the suite {@code aws-sig-v4-test-suite} and "Signature Calculations for the Authorization Header" of
 * the S3 API reference.
 */
class SigV4Test {
    private static final SigV4 SUITE = new SigV4(
            new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null),
            "us-east-1",
            "service");
    private static final Instant SUITE_TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final SigV4 S3 = new SigV4(
            new AwsCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null),
            "us-east-1",
            "s3");
    private static final Instant S3_TIME = Instant.parse("2013-05-24T00:00:00Z");
    private static final String BUCKET = "examplebucket.s3.amazonaws.com";

    @Test
    void signs_get_vanilla() {
        assertThat(SUITE.sign(suite("GET", "/", Map.of()), SUITE_TIME))
                .containsEntry("x-amz-date", "20150830T123600Z")
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date,"
                                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void signs_get_vanilla_query_order_key_case() {
        assertThat(signature(SUITE, suite("GET", "/", Map.of("Param2", "value2", "Param1", "value1")), SUITE_TIME))
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void signs_post_vanilla() {
        assertThat(signature(SUITE, suite("POST", "/", Map.of()), SUITE_TIME))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void signs_get_utf8_whose_path_is_sent_as_it_is() {
        assertThat(signature(SUITE, suite("GET", "/\u1234", Map.of()), SUITE_TIME))
                .isEqualTo("8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
    }

    @Test
    void signs_a_get_of_s3_with_a_range() {
        AwsRequest get =
                new AwsRequest("GET", BUCKET, "/test.txt", Map.of(), Map.of("Range", "bytes=0-9"), SigV4.EMPTY);
        assertThat(signature(S3, get, S3_TIME))
                .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signs_a_put_of_s3_with_its_payload() {
        AwsRequest put = new AwsRequest(
                "PUT",
                BUCKET,
                '/' + SigV4.encode("test$file.text"),
                Map.of(),
                Map.of("Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
        assertThat(signature(S3, put, S3_TIME))
                .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void signs_a_parameter_of_s3_without_a_value() {
        AwsRequest lifecycle = new AwsRequest("GET", BUCKET, "/", Map.of("lifecycle", ""), Map.of(), SigV4.EMPTY);
        assertThat(signature(S3, lifecycle, S3_TIME))
                .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void signs_a_list_of_s3() {
        AwsRequest list =
                new AwsRequest("GET", BUCKET, "/", Map.of("max-keys", "2", "prefix", "J"), Map.of(), SigV4.EMPTY);
        assertThat(signature(S3, list, S3_TIME))
                .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void signs_the_token_of_temporary_credentials() {
        SigV4 temporary = new SigV4(new AwsCredentials("A", "B", "TOKEN"), "eu-central-1", "s3");

        Map<String, String> headers =
                temporary.sign(new AwsRequest("GET", BUCKET, "/", Map.of(), Map.of(), SigV4.EMPTY), S3_TIME);

        assertThat(headers).containsEntry("x-amz-security-token", "TOKEN");
        assertThat(headers.get("authorization"))
                .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
    }

    @Test
    void keeps_the_secret_to_itself() {
        assertThat(new AwsCredentials("key", "hidden", "token")).hasToString("AwsCredentials[key]");
        assertThatThrownBy(() -> new AwsCredentials("key", " ", null)).hasMessageContaining("must not be blank");
    }

    private static AwsRequest suite(String method, String path, Map<String, String> query) {
        return new AwsRequest(method, "example.amazonaws.com", path, query, Map.of(), SigV4.EMPTY);
    }

    private static String signature(SigV4 signer, AwsRequest request, Instant now) {
        String authorization = signer.sign(request, now).getOrDefault("authorization", "");
        return authorization.substring(authorization.indexOf("Signature=") + 10);
    }
}
