package io.sluice.image.rights;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts of metadata, whose encoding is often said wrong or not at all. */
final class Texts {
    private Texts() {}

    /** UTF-8 where the bytes are that, else Latin 1; what lies outside of the buffer is left out. */
    static String of(ByteBuffer from, int at, int length) {
        int start = Math.clamp(at, 0, from.limit());
        ByteBuffer bytes = from.slice(start, Math.clamp(length, 0, from.limit() - start));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1.decode(bytes).toString();
        }
    }

    /** UTF-8 and a NUL; nothing for an empty text. */
    static byte[] terminated(String text) {
        return text.isEmpty() ? new byte[0] : (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    /** Whether these ASCII characters stand there. */
    static boolean at(ByteBuffer from, int at, String text) {
        if (at < 0 || at + text.length() > from.limit()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (from.get(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
