package io.sluice.image.variant;

import io.sluice.contracts.image.Gravity;
import io.sluice.contracts.image.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How an image is laid over a picture.
 *
 * @param oid of the image
 * @param opacity per cent, 1-100
 * @param position {@code centre}, or {@code n ne e se s sw w nw}
 * @param scale its width in per cent of the picture's, 1-100
 * @param margin to the picture's edges and between tiles, per cent of the picture's width, 0-50
 * @param tile whether it is repeated all over, from the top left corner
 */
public record MarkDefinition(String oid, int opacity, String position, int scale, int margin, boolean tile) {
    public MarkDefinition {
        if (!Names.isOid(oid)) {
            throw new IllegalArgumentException("oid must be 64 lower-case hex digits");
        }
        between("opacity", opacity, 1, 100);
        between("scale", scale, 1, 100);
        between("margin", margin, 0, 50);
        focus(position);
    }

    /** First 16 hex digits of the SHA-256 of all that decides its look. */
    public String id() {
        String text = "mark 1\n" + oid + '\n' + opacity + '\n' + position + '\n' + scale + '\n' + margin + '\n' + tile;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    Gravity.Focus focus() {
        return focus(position);
    }

    private static Gravity.Focus focus(String position) {
        if (position.equals("centre")) {
            return Gravity.Focus.CENTRE;
        }
        for (Gravity.Compass compass : Gravity.Compass.values()) {
            if (compass.text().equals(position)) {
                return compass.focus();
            }
        }
        throw new IllegalArgumentException("position must be centre, n, ne, e, se, s, sw, w or nw");
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + "-" + most + ", was " + value);
        }
    }
}
