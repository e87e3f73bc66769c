package io.sluice.image.isolation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What parent and child say to each other: 4 bytes of length, then that many bytes; strings as {@link DataOutputStream} does. */
final class Frames {
    private static final int LONGEST = 64 * 1024;

    private Frames() {}

    private interface Fields {
        void to(DataOutputStream out) throws IOException;
    }

    static void write(OutputStream out, Request request) throws IOException {
        frame(out, request::to);
    }

    static void write(OutputStream out, Reply reply) throws IOException {
        frame(out, reply::to);
    }

    /** @throws java.io.EOFException at the end of the stream */
    static Request request(InputStream in) throws IOException {
        return Request.from(fields(in));
    }

    /** @throws java.io.EOFException at the end of the stream */
    static Reply reply(InputStream in) throws IOException {
        return Reply.from(fields(in));
    }

    private static void frame(OutputStream out, Fields fields) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.to(new DataOutputStream(body));
        if (body.size() > LONGEST) {
            throw new IOException("a frame of " + body.size() + " bytes");
        }
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
}
