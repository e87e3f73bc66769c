package io.sluice.image.isolation;

import io.sluice.image.variant.Look;
import io.sluice.image.variant.Thumbnail;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What a child answers. */
sealed interface Reply {
    /** Longest text of a message, in characters. */
    int LONGEST_MESSAGE = 4096;

    void to(DataOutputStream out) throws IOException;

    /** The target is complete and has so many bytes. */
    record Done(long bytes) implements Reply {
        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('d');
            out.writeLong(bytes);
        }
    }

    /** What was seen. */
    record Seen(Look look) implements Reply {
        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('s');
            out.writeInt(look.frames());
            out.writeUTF(look.colourSpace());
            out.writeBoolean(look.colourProfile());
            out.writeInt(look.orientation());
            Thumbnail thumbnail = look.thumbnail();
            out.writeInt(thumbnail.width());
            out.writeInt(thumbnail.height());
            for (int i = 0; i < thumbnail.pixels() * 4; i++) {
                out.writeByte(thumbnail.channel(i / 4, i % 4));
            }
        }
    }

    /** Within a cascade: whether the variant with this index is wanted. */
    record Wanted(int index) implements Reply {
        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('w');
            out.writeInt(index);
        }
    }

    /** The cascade is over. */
    record Over() implements Reply {
        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('o');
        }
    }

    /** libvips refused: the original is damaged. */
    record Refused(String message) implements Reply {
        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('r');
            out.writeUTF(shortened(message));
        }
    }

    /** The recipe does not fit the picture: the problem that the caller is to be told. */
    record Problem(int status, String slug, String title, String detail) implements Reply {
        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('p');
            out.writeInt(status);
            out.writeUTF(slug);
            out.writeUTF(title);
            out.writeUTF(shortened(detail));
        }
    }

    /** Something else went wrong: a file that cannot be read or written, a fault. */
    record Broken(String message) implements Reply {
        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('b');
            out.writeUTF(shortened(message));
        }
    }

    static Reply from(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'd' -> new Done(in.readLong());
            case 's' -> new Seen(look(in));
            case 'w' -> new Wanted(in.readInt());
            case 'o' -> new Over();
            case 'r' -> new Refused(in.readUTF());
            case 'p' -> new Problem(in.readInt(), in.readUTF(), in.readUTF(), in.readUTF());
            case 'b' -> new Broken(in.readUTF());
            default -> throw new IOException("unknown reply " + kind);
        };
    }

    private static Look look(DataInputStream in) throws IOException {
        int frames = in.readInt();
        String colourSpace = in.readUTF();
        boolean colourProfile = in.readBoolean();
        int orientation = in.readInt();
        int width = in.readInt();
        int height = in.readInt();
        if (width < 1 || height < 1 || width > Look.SIDE || height > Look.SIDE) {
            throw new IOException("a thumbnail of " + width + " x " + height);
        }
        byte[] rgba = new byte[width * height * 4];
        in.readFully(rgba);
        return new Look(frames, colourSpace, colourProfile, orientation, new Thumbnail(width, height, rgba));
    }

    private static String shortened(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }
}
