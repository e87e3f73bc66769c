package io.sluice.image.hostile;

import static io.sluice.image.hostile.HostileInput.row;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.Service;
import io.sluice.testkit.access.TestTokens;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Random;

/** Every hostile request of the table. */
final class HostileCalls {
    private static final String MALFORMED = "400 malformed-address";
    private static final String FORBIDDEN = "403 signature-refused";

    private final String oid;

    HostileCalls(String oid) {
        this.oid = oid;
    }

    List<HostileInput> all() {
        String traversal = "Leaving the folder";
        String options = "Options";
        String floods = "Floods of requests";
        return List.of(
                row(
                        traversal,
                        "variant address with ..",
                        target -> {
                            for (String path : List.of(
                                    "/v/../../etc/passwd",
                                    "/v/a/../../../etc/passwd",
                                    "/v/%2e%2e/%2e%2e/etc/passwd",
                                    "/v/a/..%2f..%2fetc%2fpasswd/orig.jpg",
                                    "/v/a/%252e%252e/orig.jpg")) {
                                target.call(target.request(path));
                            }
                        },
                        FORBIDDEN,
                        MALFORMED,
                        "404 not-found"),
                row(
                        traversal,
                        "the same, signed",
                        target -> {
                            for (String path : List.of(
                                    "/v/a/../../etc/passwd",
                                    "/v/a/..%2f..%2fetc/orig.jpg",
                                    "/v/a/" + "%2e".repeat(32) + "/orig.jpg")) {
                                target.call(target.request(Service.SIGNER.sign(path)));
                            }
                        },
                        FORBIDDEN,
                        MALFORMED,
                        "404 not-found"),
                row(
                        traversal,
                        "source path with .., empty and encoded segments",
                        target -> {
                            for (String path : List.of(
                                    "a/../../etc/passwd",
                                    "a/%2e%2e/b.jpg",
                                    "a/..%2fb.jpg",
                                    "a//b.jpg",
                                    "a/b%00.jpg",
                                    "a/%5c..%5cb")) {
                                target.call(target.request("/api/v1/sources/" + path)
                                        .header("Authorization", "Bearer " + TestTokens.OPERATOR)
                                        .header("Content-Type", "application/json")
                                        .PUT(HttpRequest.BodyPublishers.ofString("{\"oid\":\"" + oid + "\"}")));
                            }
                        },
                        "400 invalid-request",
                        "400 bad-request",
                        "404 not-found",
                        "405 method-not-allowed"),
                row(
                        options,
                        "sizes and qualities out of range, signed",
                        target -> {
                            String profile = target.profile();
                            for (String recipe : List.of(
                                    "q80-w16383-xinside",
                                    "q80-w99999999999-xinside",
                                    "q0-w64-xinside",
                                    "q101-w64-xinside",
                                    "q80-w-1-xinside",
                                    "q80-w64-w64-xinside",
                                    "w64-q80-xinside",
                                    "q80-w64-xenlarge",
                                    "q80-w0064-xinside",
                                    "q80-w641-xinside",
                                    "q80" + "-w64".repeat(2_000))) {
                                target.call(target.request(
                                        Service.SIGNER.sign("/v/a/" + oid + "/" + profile + "-" + recipe + ".webp")));
                            }
                        },
                        MALFORMED,
                        "414 without a problem"),
                row(
                        options,
                        "addresses nobody signed, doubled and forged parameters",
                        target -> {
                            String signed = target.variant(oid);
                            for (String address : List.of(
                                    signed.substring(0, signed.indexOf('?')),
                                    signed + "&s=AAAA",
                                    signed + "&k=k0",
                                    signed.replaceAll("-w\\d+", "-w128"),
                                    signed.replace("k=k1", "k=k0"),
                                    signed.replace("k=k1", "k=none"),
                                    signed + "&e=1")) {
                                target.call(target.request(address));
                            }
                        },
                        FORBIDDEN),
                row(
                        options,
                        "stripped original in another format",
                        target -> {
                            target.call(target.request(Service.SIGNER.sign(
                                    VariantAddress.original("a", oid, io.sluice.contracts.image.ImageFormat.PNG)
                                            .path())));
                        },
                        "404 no-original",
                        "422 no-original"),
                row(
                        floods,
                        "200 different Accept headers on one address",
                        target -> {
                            Random random = new Random(1);
                            for (int i = 0; i < 200; i++) {
                                target.call(target.request(target.variant(oid))
                                        .header(
                                                "Accept",
                                                "image/x" + random.nextInt() + ";q=0." + i
                                                        + ",*/*".repeat(random.nextInt(500))));
                            }
                        },
                        "200"),
                row(
                        floods,
                        "Range of 1,000 parts",
                        target -> target.call(target.request(target.variant(oid))
                                .header("Range", "bytes=0-0" + ",1-1".repeat(1_000))),
                        "200",
                        "416 without a problem"),
                row(
                        floods,
                        "headers of 20 KB",
                        target ->
                                target.call(target.request(target.variant(oid)).header("Accept", "a".repeat(20_000))),
                        "431 headers-too-large",
                        "431 without a problem"),
                row(
                        floods,
                        "If-None-Match of 2,000 tags",
                        target -> target.call(target.request(target.variant(oid))
                                .header("If-None-Match", "\"a\",".repeat(2_000) + "\"b\"")),
                        "200"));
    }
}
