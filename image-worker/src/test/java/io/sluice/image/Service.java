package io.sluice.image;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.testkit.access.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
