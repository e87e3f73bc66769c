package io.sluice.gateway.delivery;

import io.sluice.contracts.image.Names;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what stands behind {@code /img/} as the name of a source. */
public final class ImagePath {
    /** What every path of an image begins with. */
    public static final String PREFIX = "/img/";

    private static final int MAX_RAW = 3 * (Names.MAX_PATH + 64);

    private ImagePath() {}

    /**
     * The name {@code collection/path} or {@code sha256/oid}, percent-decoded once.
     *
     * @param raw as it came, without {@value #PREFIX} and query
     * @throws MalformedPath when it is none: an encoded slash, an empty or dot segment, a control character, ..
     */
    public static String name(String raw) {
        if (raw.length() > MAX_RAW) {
            throw new MalformedPath("The path is too long; it may have " + Names.MAX_PATH + " characters.");
        }
        String name = decode(raw);
        int slash = name.indexOf('/');
        if (slash < 0 || !Names.isCollection(name.substring(0, slash))) {
            throw new MalformedPath("Ask for /img/{collection}/{path} or /img/sha256/{oid}; a collection is 1-63 of"
                    + " a-z 0-9 _ -, not starting with a sign.");
        }
        String path = name.substring(slash + 1);
        if (name.startsWith(Names.BY_OID) && slash == Names.BY_OID.length()) {
            if (!Names.isOid(path)) {
                throw new MalformedPath("An oid is 64 lower-case hex digits.");
            }
        } else if (!Names.isPath(path)) {
            throw new MalformedPath("A path has segments between single slashes, none of them empty, . or .., without"
                    + " backslashes and control characters, at most " + Names.MAX_PATH + " characters.");
        }
        return name;
    }

    private static String decode(String raw) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) escaped(raw, i);
                i += 2;
            } else if (c <= ' ' || c >= 0x7f) {
                throw new MalformedPath("A path is ASCII; percent-encode everything else as UTF-8.");
            } else {
                bytes[length++] = (byte) c;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedPath("Percent-encoded bytes must be UTF-8.");
        }
    }

    private static int escaped(String raw, int at) {
        int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(raw.charAt(at + 2), 16);
        if (low < 0) {
            throw new MalformedPath("A percent sign must be followed by two hex digits.");
        }
        int value = high << 4 | low;
        if (value == '/' || value == '\\') {
            throw new MalformedPath("A slash must not be percent-encoded.");
        }
        return value;
    }
}
