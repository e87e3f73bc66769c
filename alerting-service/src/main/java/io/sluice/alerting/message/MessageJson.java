package io.sluice.alerting.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Messages as JSON: stored plainly, sent as Go's encoder writes them. */
@Singleton
public class MessageJson {
    private final ObjectMapper json;
    private final ObjectWriter goWriter;

    MessageJson(ObjectMapper json) {
        this.json = json;
        this.goWriter = json.writerFor(Message.class).with(new GoEscapes());
    }

    public String write(Message message) {
        return write(json.writerFor(Message.class), message);
    }

    /** With Go's escapes of {@code < > &} and its newline at the end. */
    public String writeAsGo(Message message) {
        return write(goWriter, message) + '\n';
    }

    public Message read(String text) {
        try {
            return json.readValue(text, Message.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored message is not JSON", e);
        }
    }

    private static String write(ObjectWriter writer, Message message) {
        try {
            return writer.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message is JSON", e);
        }
    }

    private static final class GoEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] ascii = standardAsciiEscapesForJSON();

        GoEscapes() {
            for (char c : new char[] {'<', '>', '&', '\b', '\f'}) {
                ascii[c] = ESCAPE_CUSTOM;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            boolean escaped = (c < 0x80 && ascii[c] == ESCAPE_CUSTOM) || c == 0x2028 || c == 0x2029;
            return escaped ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c)) : null;
        }
    }
}
