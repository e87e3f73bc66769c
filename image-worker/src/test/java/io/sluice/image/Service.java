package io.sluice.image;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import io.sluice.testkit.access.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The service as a test calls it. */
public final class Service {
    public static final AddressSigner SIGNER =
            new AddressSigner("k1", Map.of("k1", ServiceFolders.ACTIVE, "k0", ServiceFolders.FORMER));

    private Service() {}

    public static RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + TestTokens.OPERATOR);
    }

    public static RequestSpecification viewer() {
        return given().header("Authorization", "Bearer " + TestTokens.VIEWER);
    }

    /** A sample photograph. */
    public static byte[] photo(String name) {
        try {
            return Files.readAllBytes(Path.of("../samples/photos", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uploads; yields the oid. */
    public static String upload(byte[] image) {
        return operator()
                .contentType("application/octet-stream")
                .body(image)
                .post("/api/v1/images")
                .then()
                .extract()
                .path("oid");
    }

    /** The profile in force. */
    public static String profile(String oid) {
        String location = given().redirects()
                .follow(false)
                .get(SIGNER.sign("/v/sha256/" + oid + "/e0-q80-w16-xinside.webp"))
                .header("Location");
        return VariantAddress.parse(location.substring(0, location.indexOf('?')))
                .recipe()
                .orElseThrow()
                .profile();
    }

    public static VariantAddress address(String oid, int width, int quality, ImageFormat format) {
        return VariantAddress.of("samples", oid, Recipe.of(profile(oid), width, 0, Fit.INSIDE, quality), format);
    }

    /** Asks for a signed address without following redirects. */
    public static Response get(VariantAddress address) {
        return given().redirects().follow(false).urlEncodingEnabled(false).get(SIGNER.sign(address.path()));
    }

    /** Follows one redirect. */
    public static Response follow(Response redirect) {
        return given().redirects().follow(false).urlEncodingEnabled(false).get(redirect.header("Location"));
    }

    /** What the scanner reads in an answer. */
    public static ImageFacts facts(byte[] image) {
        return switch (new ImageScanner(ScanLimits.DEFAULT).scan(ByteBuffer.wrap(image))) {
            case Scan.Accepted accepted -> accepted.facts();
            case Scan.Refused refused -> throw new AssertionError(refused.detail());
        };
    }

    /** Value of the first metric whose line begins so; 0 when there is none. */
    public static double metric(String prefix) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    /** Waits until the service is ready and PostgreSQL answers. */
    public static void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body("checks.find { it.name == 'database' }.data.state", is("answers")));
    }
}
