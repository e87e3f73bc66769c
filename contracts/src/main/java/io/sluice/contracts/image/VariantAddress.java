package io.sluice.contracts.image;

import java.util.Optional;

/**
 * Path of a variant: {@code /v/{collection}/{oid}/{recipe}.{format}}, or {@code /v/{collection}/{oid}/orig.{format}} for the
 * source's own pixels with its metadata stripped. Same address, same bytes, for ever.
 *
 * @param collection set of sources it is accounted to; {@value Names#BY_OID} when the request named only the oid
 * @param oid SHA-256 of the source bytes, lower-case hex
 * @param recipe empty for {@code orig}
 * @param format what it is encoded in
 */
public record VariantAddress(String collection, String oid, Optional<Recipe> recipe, ImageFormat format) {
    private static final String ORIGINAL = "orig";

    public VariantAddress {
        if (!Names.isCollection(collection)) {
            throw new MalformedAddress("collection must be 1-63 of a-z 0-9 _ -, not starting with a sign");
        }
        if (!Names.isOid(oid)) {
            throw new MalformedAddress("oid must be 64 lower-case hex digits");
        }
        if (recipe.isPresent() && recipe.get().value('q').isPresent() != format.lossy()) {
            throw new MalformedAddress(format.lossy() ? format.token() + " needs q" : format.token() + " takes no q");
        }
        if (recipe.isPresent() && recipe.get().value('n').isPresent() && !format.animates()) {
            throw new MalformedAddress(format.token() + " has one frame and takes no n");
        }
    }

    /** Address of a variant. */
    public static VariantAddress of(String collection, String oid, Recipe recipe, ImageFormat format) {
        return new VariantAddress(collection, oid, Optional.of(recipe), format);
    }

    /** Address of the source's own pixels. */
    public static VariantAddress original(String collection, String oid, ImageFormat format) {
        return new VariantAddress(collection, oid, Optional.empty(), format);
    }

    /**
     * Reads the path of an address. Nothing is decoded: a canonical address has no percent sign.
     *
     * @throws MalformedAddress when it is none
     */
    public static VariantAddress parse(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length != 5 || !parts[0].isEmpty() || !parts[1].equals("v")) {
            throw new MalformedAddress("an address is /v/{collection}/{oid}/{recipe}.{format}");
        }
        int dot = parts[4].lastIndexOf('.');
        if (dot < 1) {
            throw new MalformedAddress("an address ends in .avif, .webp, .jpg, .png or .gif");
        }
        ImageFormat format = ImageFormat.ofExtension(parts[4].substring(dot + 1))
                .orElseThrow(() ->
                        new MalformedAddress("unknown format; an address ends in .avif, .webp, .jpg, .png or .gif"));
        String recipe = parts[4].substring(0, dot);
        return new VariantAddress(
                parts[2],
                parts[3],
                recipe.equals(ORIGINAL) ? Optional.empty() : Optional.of(Recipe.parse(recipe)),
                format);
    }

    /** The path, without a query; {@link #parse} reads it back. */
    public String path() {
        return "/v/" + collection + '/' + oid + '/' + recipe.map(Recipe::text).orElse(ORIGINAL) + '.'
                + format.extension();
    }

    @Override
    public String toString() {
        return path();
    }
}
