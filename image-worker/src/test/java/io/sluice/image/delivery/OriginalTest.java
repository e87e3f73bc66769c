package io.sluice.image.delivery;

import static io.sluice.image.Service.address;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.scan.Bytes;
import io.sluice.image.scan.ImageFacts;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The source's own pixels: the {@code orig} addresses. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class OriginalTest {
    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void keeps_a_turned_jpeg_upright_and_drops_the_rest_of_its_exif() {
        byte[] plain = small(ImageFormat.JPEG, 70);
        ImageFacts lying = Service.facts(plain);
        byte[] original = original(
                new Bytes()
                        .raw(Arrays.copyOf(plain, 2))
                        .hex("ffe1 0028")
                        .text("Exif\0\0MM\0*")
                        .u32(8)
                        .u16(1)
                        .u16(0x0112)
                        .u16(3)
                        .u32(1)
                        .u16(6)
                        .u16(0)
                        .u32(0)
                        .text("secret")
                        .raw(Arrays.copyOfRange(plain, 2, plain.length))
                        .array(),
                ImageFormat.JPEG);

        ImageFacts upright = Service.facts(original);
        assertThat(upright.orientation()).isEqualTo(6);
        assertThat(upright.width()).isEqualTo(lying.height());
        assertThat(upright.height()).isEqualTo(lying.width());
        assertThat(text(original)).doesNotContain("secret");
    }

    @Test
    void keeps_the_pixels_of_a_png_and_drops_its_texts() {
        byte[] plain = small(ImageFormat.PNG, 0);
        int header = 33;
        byte[] commented = new Bytes()
                .raw(Arrays.copyOf(plain, header))
                .chunk("tEXt", "Comment\0secret".getBytes(StandardCharsets.US_ASCII))
                .raw(Arrays.copyOfRange(plain, header, plain.length))
                .array();

        byte[] original = original(commented, ImageFormat.PNG);

        assertThat(text(original)).doesNotContain("secret").doesNotContain("tEXt");
        int pixels = text(plain).indexOf("IDAT");
        assertThat(text(original)).endsWith(text(Arrays.copyOfRange(plain, pixels, plain.length)));
        assertDecodes(original);
    }

    @Test
    void keeps_the_pixels_of_a_webp_and_drops_exif_and_xmp() {
        byte[] plain = small(ImageFormat.WEBP, 70);
        ImageFacts facts = Service.facts(plain);
        byte[] picture = Arrays.copyOfRange(plain, 12, plain.length);
        byte[] extended = Bytes.webp(new Bytes()
                .webpChunk(
                        "VP8X",
                        new Bytes()
                                .le32(0x0c)
                                .le16(facts.width() - 1)
                                .u8(0)
                                .le16(facts.height() - 1)
                                .u8(0)
                                .array())
                .raw(picture)
                .webpChunk("EXIF", "secret place".getBytes(StandardCharsets.US_ASCII))
                .webpChunk("XMP ", "secret words".getBytes(StandardCharsets.US_ASCII)));

        byte[] original = original(extended, ImageFormat.WEBP);

        assertThat(original[20]).as("flags of VP8X").isZero();
        assertThat(Arrays.copyOfRange(original, 30, original.length)).isEqualTo(picture);
        assertDecodes(original);
    }

    private static byte[] small(ImageFormat format, int quality) {
        return Service.get(address(upload(photo("wine.jpg")), 128, quality, format))
                .asByteArray();
    }

    private static byte[] original(byte[] source, ImageFormat format) {
        Response answer = Service.get(VariantAddress.original("samples", upload(source), format));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(format.mediaType());
        return answer.asByteArray();
    }

    private static void assertDecodes(byte[] image) {
        assertThat(Service.get(address(upload(image), 64, 0, ImageFormat.PNG)).statusCode())
                .isEqualTo(200);
    }

    private static String text(byte[] image) {
        return new String(image, StandardCharsets.ISO_8859_1);
    }
}
