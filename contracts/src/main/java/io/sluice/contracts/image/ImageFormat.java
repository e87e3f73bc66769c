package io.sluice.contracts.image;

import java.util.Optional;

/** A format that Sluice writes. The order is the rank: a fallback goes strictly towards a higher ordinal. */
public enum ImageFormat {
    AVIF("avif", "image/avif"),
    WEBP("webp", "image/webp"),
    JPEG("jpg", "image/jpeg"),
    PNG("png", "image/png"),
    GIF("gif", "image/gif");

    private final String extension;
    private final String mediaType;

    ImageFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** How an address ends: {@code avif}, {@code webp}, {@code jpg}, {@code png}, {@code gif}. */
    public String extension() {
        return extension;
    }

    /** Its media type, for example {@code image/avif}. */
    public String mediaType() {
        return mediaType;
    }

    /** The format's name in directives and query parameters: {@code avif}, {@code webp}, {@code jpeg}, {@code png}, {@code gif}. */
    public String token() {
        return switch (this) {
            case AVIF -> "avif";
            case WEBP -> "webp";
            case JPEG -> "jpeg";
            case PNG -> "png";
            case GIF -> "gif";
        };
    }

    /** Whether a quality of 1-100 applies; PNG is lossless, and GIF has a palette. */
    public boolean lossy() {
        return this != PNG && this != GIF;
    }

    /** Whether Sluice writes more than one frame of it. */
    public boolean animates() {
        return this == WEBP || this == GIF;
    }

    /** The format of an address that ends so; empty when Sluice does not write it. Case matters: addresses are lower case. */
    public static Optional<ImageFormat> ofExtension(String extension) {
        for (ImageFormat format : values()) {
            if (format.extension.equals(extension)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The format of a token as in directives; {@code jpg} is taken for {@code jpeg}. */
    public static Optional<ImageFormat> ofToken(String token) {
        for (ImageFormat format : values()) {
            if (format.token().equals(token) || format.extension.equals(token)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
