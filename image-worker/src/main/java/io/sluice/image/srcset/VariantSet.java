package io.sluice.image.srcset;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A set of variants, ready to be put into a page.
 *
 * @param oid of the source
 * @param collection whose policy and cost it is
 * @param ready whether every variant is stored
 * @param job id of the job that makes the rest: {@code GET /api/v1/jobs/{id}}; absent when ready
 * @param formats best first
 * @param html a {@code <picture>}
 */
public record VariantSet(
        String oid,
        String collection,
        boolean ready,
        @Nullable Long job,
        List<Format> formats,

        @Schema(description = "a <picture> with a <source> for each format but the last, and an <img>")
        String html) {
    public VariantSet {
        formats = List.copyOf(formats);
    }

    /**
     * The variants in one format.
     *
     * @param format token
     * @param mediaType for the attribute {@code type}
     * @param srcset for the attribute {@code srcset}: signed addresses and widths
     * @param variants widest first
     */
    public record Format(String format, String mediaType, String srcset, List<Variant> variants) {
        public Format {
            variants = List.copyOf(variants);
        }
    }

    /**
     * One variant.
     *
     * @param width in pixels
     * @param url signed, relative to where images are served
     * @param quality 1-100 after the directive in force; absent for PNG
     * @param stored whether it can be served already
     */
    public record Variant(int width, String url, @Nullable Integer quality, boolean stored) {}
}
