package io.sluice.image.variant;

import io.sluice.image.vips.VipsLibrary;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What decides a variant's bytes beside its recipe, as one short id that every address carries: the exact library and codec
 * files, and the settings below. Another library, or another effort, is another profile, and so another address.
 */
@ApplicationScoped
public class EncoderProfile {
    /** libwebp's method: 2 costs two thirds of the default's time for 3 % more bytes. */
    static final int WEBP_EFFORT = 2;

    /** libaom's effort: 3 costs a quarter of the default's time for 2 % more bytes. */
    static final int AVIF_EFFORT = 3;

    /** zlib's level. */
    static final int PNG_COMPRESSION = 6;

    /** Of 1 to 10; a palette gains little from more. */
    static final int GIF_EFFORT = 3;

    private static final String SETTINGS = "webp effort " + WEBP_EFFORT + "\navif effort " + AVIF_EFFORT
            + " 4:2:0 8 bit\njpeg progressive optimised\npng " + PNG_COMPRESSION
            + "\ngif effort " + GIF_EFFORT + "\nframes " + Animation.MAX_PIXELS
            + "\nsrgb where an ICC profile or CMYK asks for it\npipeline 5";

    private final String id;

    EncoderProfile(VipsLibrary library) {
        this.id = idOf(library.identity());
    }

    /** The profile in force, for example {@code e3f9a21b04c}. */
    public String id() {
        return id;
    }

    static String idOf(String libraries) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((libraries + '\n' + SETTINGS).getBytes(StandardCharsets.UTF_8));
            return "e" + HexFormat.of().formatHex(hash, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
