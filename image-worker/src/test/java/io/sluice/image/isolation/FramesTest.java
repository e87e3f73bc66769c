package io.sluice.image.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.image.variant.Look;
import io.sluice.image.variant.MarkDefinition;
import io.sluice.image.variant.Thumbnail;
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
        Request.Stamp stamp =
                new Request.Stamp(new MarkDefinition("a".repeat(64), 60, "se", 30, 2, true), Path.of("/m"));
        for (Optional<Request.Stamp> mark : List.of(Optional.of(stamp), Optional.<Request.Stamp>empty())) {
            Request request = new Request.Encode("/v/a/b", Path.of("/o ü"), Path.of("/t"), 640, mark);
            out.reset();
            Frames.write(out, request);
            assertThat(Frames.request(new ByteArrayInputStream(out.toByteArray())))
                    .isEqualTo(request);
        }

        for (Request request : List.of(
                new Request.LookAt(Path.of("/o")),
                new Request.Cascade(Path.of("/o"), 640, List.of("/v/a", "/v/b")),
                new Request.Go(Optional.of(Path.of("/t"))),
                new Request.Go(Optional.empty()))) {
            out.reset();
            Frames.write(out, request);
            assertThat(Frames.request(new ByteArrayInputStream(out.toByteArray())))
                    .isEqualTo(request);
        }
        for (Reply reply : new Reply[] {
            new Reply.Wanted(3),
            new Reply.Over(),
            new Reply.Done(1L << 40),
            new Reply.Refused("bad seek"),
            new Reply.Broken(""),
            new Reply.Problem(422, "a", "b", "c")
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
        Frames.write(out, new Reply.Refused("x".repeat(100_000)));
        assertThat(Frames.reply(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(new Reply.Refused("x".repeat(4096)));
    }

    @Test
    void carries_a_look() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] rgba = {1, 2, 3, (byte) 255, 5, 6, 7, 8};
        Frames.write(out, new Reply.Seen(new Look(3, "srgb", true, 6, new Thumbnail(2, 1, rgba))));

        Look look = ((Reply.Seen) Frames.reply(new ByteArrayInputStream(out.toByteArray()))).look();

        assertThat(List.of(look.frames(), look.orientation(), look.thumbnail().channel(1, 3)))
                .containsExactly(3, 6, 8);
        assertThat(look.colourSpace()).isEqualTo("srgb");
        assertThat(look.colourProfile()).isTrue();
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
