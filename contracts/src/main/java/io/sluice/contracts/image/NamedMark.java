package io.sluice.contracts.image;

/**
 * A visible mark under a name: item of image-worker's {@code GET /api/v1/watermarks}.
 *
 * @param name 1-63 of {@code a-z 0-9 _ -}
 * @param id what a recipe's letter {@code m} says: first 16 hex digits of the SHA-256 of its definition
 * @param oid of the image that is laid over
 * @param opacity per cent, 1-100
 * @param position {@code centre}, or {@code n ne e se s sw w nw}
 * @param scale its width in per cent of the picture's, 1-100
 * @param margin to the picture's edges, per cent of its width, 0-50
 * @param tile whether it is repeated all over
 */
public record NamedMark(
        String name, String id, String oid, int opacity, String position, int scale, int margin, boolean tile) {}
