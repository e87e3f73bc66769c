package io.sluice.image.scan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Whether an ICC profile says nothing but "sRGB", whoever wrote it: a matrix profile whose primaries and curves are those of
 * IEC 61966-2-1, by what they do and not by their name or digest. Such an image needs no conversion, which costs more than
 * the rest of a small variant. Reads ICC.1:2022 (versions 2 and 4), never throws for what the bytes are. Pure.
 */
final class SrgbProfile {
    /** Real sRGB profiles have 400 to 8,000 bytes. */
    private static final int LONGEST = 64 << 10;

    private static final int RGB_SPACE = tag("RGB ");
    private static final int XYZ_SPACE = tag("XYZ ");
    private static final int CURVE = tag("curv");
    private static final int PARAMETRIC = tag("para");

    /** Columns of the matrix from sRGB to XYZ, adapted to D50 (ICC's registry of profiles). */
    private static final double[] PRIMARIES = {0.4360, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141};

    /** Profiles round, some were computed from other white points; a thousandth of white is not seen. */
    private static final double PRIMARY_TOLERANCE = 0.002;

    /** Of a shade in 8 bits. */
    private static final double SHADE_TOLERANCE = 1.0 / 255;

    private final ByteBuffer profile;

    private SrgbProfile(ByteBuffer profile) {
        this.profile = profile;
    }

    /** Whether the bytes from {@code from} to {@code to} are such a profile. */
    static boolean in(ByteBuffer image, int from, int to) {
        if (to - from < 128 || to - from > LONGEST || to > image.limit()) {
            return false;
        }
        try {
            return new SrgbProfile(image.slice(from, to - from)).matches();
        } catch (IndexOutOfBoundsException e) {
            return false; // damaged: let the library see what it makes of it
        }
    }

    /** The same for the content of a PNG's {@code iCCP}: a name, a zero, the method, the profile compressed. */
    static boolean compressedIn(ByteBuffer image, int from, int to) {
        int at = from;
        while (at < to && image.get(at) != 0) {
            at++;
        }
        if (at + 2 >= to) {
            return false;
        }
        byte[] compressed = new byte[to - at - 2];
        image.get(at + 2, compressed);
        byte[] profile = inflate(compressed);
        return in(ByteBuffer.wrap(profile), 0, profile.length);
    }

    private static byte[] inflate(byte[] compressed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(compressed);
            for (int n = inflater.inflate(chunk); n > 0 && out.size() <= LONGEST; n = inflater.inflate(chunk)) {
                out.write(chunk, 0, n);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return new byte[0];
        }
    }

    private boolean matches() {
        boolean whole = profile.getInt(0) == profile.limit();
        if (!whole || profile.getInt(16) != RGB_SPACE || profile.getInt(20) != XYZ_SPACE || find("A2B0") >= 0) {
            return false;
        }
        String[] colours = {"r", "g", "b"};
        for (int i = 0; i < 3; i++) {
            int primary = find(colours[i] + "XYZ");
            int curve = find(colours[i] + "TRC");
            if (primary < 0 || curve < 0 || !primaryAt(primary, i * 3) || !curveAt(curve)) {
                return false;
            }
        }
        return true;
    }

    /** Where the content of a tag begins; -1 when there is none. */
    private int find(String name) {
        int wanted = tag(name);
        int tags = Math.min(profile.getInt(128), 100);
        for (int i = 0; i < tags; i++) {
            int entry = 132 + i * 12;
            if (profile.getInt(entry) == wanted) {
                return profile.getInt(entry + 4);
            }
        }
        return -1;
    }

    private boolean primaryAt(int at, int column) {
        for (int i = 0; i < 3; i++) {
            if (Math.abs(fixed(at + 8 + i * 4) - PRIMARIES[column + i]) > PRIMARY_TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /** Compares where eight bits can tell a difference: what a shade becomes, as a shade of true sRGB. */
    private boolean curveAt(int at) {
        for (int shade = 0; shade < 256; shade++) {
            double light = light(at, shade / 255.0);
            if (!(Math.abs(encoded(light) - shade / 255.0) <= SHADE_TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    /** Linear light of a shade, 0-1; NaN for a kind of curve that is not known. */
    private double light(int at, double shade) {
        int kind = profile.getInt(at);
        if (kind == CURVE) {
            return table(at, shade);
        }
        return kind == PARAMETRIC ? function(at, shade) : Double.NaN;
    }

    private double table(int at, double shade) {
        int points = profile.getInt(at + 8);
        if (points < 2) {
            return points == 1 ? Math.pow(shade, (profile.getShort(at + 12) & 0xffff) / 256.0) : shade;
        }
        double place = shade * (points - 1);
        int below = (int) Math.min(place, points - 2);
        double low = profile.getShort(at + 12 + below * 2) & 0xffff;
        double high = profile.getShort(at + 14 + below * 2) & 0xffff;
        return (low + (high - low) * (place - below)) / 65_535;
    }

    /** Type 3 of parametricCurveType: a power with a straight start; the others are not how sRGB is written. */
    private double function(int at, double shade) {
        if (profile.getShort(at + 8) != 3) {
            return Double.NaN;
        }
        double gamma = fixed(at + 12);
        double a = fixed(at + 16);
        double b = fixed(at + 20);
        double c = fixed(at + 24);
        double d = fixed(at + 28);
        return shade >= d ? Math.pow(a * shade + b, gamma) : c * shade;
    }

    private static double encoded(double light) {
        return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    private double fixed(int at) {
        return profile.getInt(at) / 65_536.0;
    }

    private static int tag(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }
}
