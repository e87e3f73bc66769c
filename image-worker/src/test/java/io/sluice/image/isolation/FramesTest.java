package io.sluice.image.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.image.variant.MarkDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FramesTest {
    @Test
    void carries_a_request_and_every_reply() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames.Stamp stamp = new Frames.Stamp(new MarkDefinition("a".repeat(64), 60, "se", 30, 2, true), Path.of("/m"));
        for (Optional<Frames.Stamp> mark : List.of(Optional.of(stamp), Optional.<Frames.Stamp>empty())) {
            Frames.Request request = new Frames.Request("/v/a/b", Path.of("/o ü"), Path.of("/t"), 640, mark);
            out.reset();
            Frames.write(out, request);
            assertThat(Frames.request(new ByteArrayInputStream(out.toByteArray())))
                    .isEqualTo(request);
        }

        for (Frames.Reply reply : new Frames.Reply[] {
            new Frames.Reply.Done(1L << 40),
            new Frames.Reply.Refused("bad seek"),
            new Frames.Reply.Broken(""),
            new Frames.Reply.Problem(422, "a", "b", "c")
        }) {
            out.reset();
            Frames.write(out, reply);
            assertThat(Frames.reply(new ByteArrayInputStream(out.toByteArray())))
                    .isEqualTo(reply);
        }
    }

    @Test
    void cuts_a_message_that_is_too_long() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames.write(out, new Frames.Reply.Refused("x".repeat(100_000)));
        assertThat(Frames.reply(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(new Frames.Reply.Refused("x".repeat(4096)));
    }

    @Test
    void takes_nothing_that_is_not_a_frame() {
        assertThatThrownBy(() -> Frames.reply(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> Frames.reply(new ByteArrayInputStream(new byte[] {0x7f, 0, 0, 0, 1})))
                .hasMessageContaining("a frame of");
        assertThatThrownBy(() -> Frames.reply(new ByteArrayInputStream(new byte[] {0, 0, 0, 1, '?'})))
                .hasMessageContaining("unknown reply");
        assertThatThrownBy(() -> Frames.reply(new ByteArrayInputStream(new byte[] {0, 0, 0, 9, 'd', 0})))
                .isInstanceOf(EOFException.class);
    }
}
