package io.sluice.image.isolation;

import io.sluice.image.variant.MarkDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** What parent and child say to each other: 4 bytes of length, then that many bytes; strings as {@link DataOutputStream} does. */
final class Frames {
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_MESSAGE = 4096;

    private Frames() {}

    /**
     * An encode to be done.
     *
     * @param address path of the variant
     * @param original file to read
     * @param target file to write, which must not exist
     * @param base as in {@link io.sluice.image.variant.EncodeTask}
     * @param stamp of the mark that the address names; empty when it names none
     */
    record Request(String address, Path original, Path target, int base, Optional<Stamp> stamp) {}

    /** A visible mark, and the file of its image. */
    record Stamp(MarkDefinition definition, Path image) {}

    /** How an encode went. */
    sealed interface Reply {
        /** The target is complete and has so many bytes. */
        record Done(long bytes) implements Reply {}

        /** libvips refused: the original is damaged. */
        record Refused(String message) implements Reply {}

        /** The recipe does not fit the picture: the problem that the caller is to be told. */
        record Problem(int status, String slug, String title, String detail) implements Reply {}

        /** Something else went wrong: a file that cannot be read or written, a fault. */
        record Broken(String message) implements Reply {}
    }

    private interface Fields {
        void to(DataOutputStream out) throws IOException;
    }

    static void write(OutputStream out, Request request) throws IOException {
        frame(out, fields -> {
            fields.writeUTF(request.address());
            fields.writeUTF(request.original().toString());
            fields.writeUTF(request.target().toString());
            fields.writeInt(request.base());
            fields.writeBoolean(request.stamp().isPresent());
            if (request.stamp().isPresent()) {
                write(fields, request.stamp().get());
            }
        });
    }

    static void write(OutputStream out, Reply reply) throws IOException {
        frame(out, fields -> {
            switch (reply) {
                case Reply.Done done -> {
                    fields.writeByte('d');
                    fields.writeLong(done.bytes());
                }
                case Reply.Refused refused -> {
                    fields.writeByte('r');
                    fields.writeUTF(shortened(refused.message()));
                }
                case Reply.Problem problem -> {
                    fields.writeByte('p');
                    fields.writeInt(problem.status());
                    fields.writeUTF(problem.slug());
                    fields.writeUTF(problem.title());
                    fields.writeUTF(shortened(problem.detail()));
                }
                case Reply.Broken broken -> {
                    fields.writeByte('b');
                    fields.writeUTF(shortened(broken.message()));
                }
            }
        });
    }

    /** @throws java.io.EOFException at the end of the stream */
    static Request request(InputStream in) throws IOException {
        DataInputStream fields = fields(in);
        return new Request(
                fields.readUTF(),
                Path.of(fields.readUTF()),
                Path.of(fields.readUTF()),
                fields.readInt(),
                fields.readBoolean() ? Optional.of(stamp(fields)) : Optional.empty());
    }

    private static void write(DataOutputStream fields, Stamp stamp) throws IOException {
        MarkDefinition definition = stamp.definition();
        fields.writeUTF(definition.oid());
        fields.writeInt(definition.opacity());
        fields.writeUTF(definition.position());
        fields.writeInt(definition.scale());
        fields.writeInt(definition.margin());
        fields.writeBoolean(definition.tile());
        fields.writeUTF(stamp.image().toString());
    }

    private static Stamp stamp(DataInputStream fields) throws IOException {
        MarkDefinition definition = new MarkDefinition(
                fields.readUTF(),
                fields.readInt(),
                fields.readUTF(),
                fields.readInt(),
                fields.readInt(),
                fields.readBoolean());
        return new Stamp(definition, Path.of(fields.readUTF()));
    }

    /** @throws java.io.EOFException at the end of the stream */
    static Reply reply(InputStream in) throws IOException {
        DataInputStream fields = fields(in);
        int kind = fields.readByte();
        return switch (kind) {
            case 'd' -> new Reply.Done(fields.readLong());
            case 'r' -> new Reply.Refused(fields.readUTF());
            case 'p' -> new Reply.Problem(fields.readInt(), fields.readUTF(), fields.readUTF(), fields.readUTF());
            case 'b' -> new Reply.Broken(fields.readUTF());
            default -> throw new IOException("unknown reply " + kind);
        };
    }

    private static void frame(OutputStream out, Fields fields) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.to(new DataOutputStream(body));
        DataOutputStream frame = new DataOutputStream(out);
        frame.writeInt(body.size());
        body.writeTo(frame);
        frame.flush();
    }

    private static DataInputStream fields(InputStream in) throws IOException {
        DataInputStream frame = new DataInputStream(in);
        int length = frame.readInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] body = new byte[length];
        frame.readFully(body);
        return new DataInputStream(new ByteArrayInputStream(body));
    }

    private static String shortened(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }
}
