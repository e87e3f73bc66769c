package io.sluice.image.isolation;

import io.sluice.image.variant.MarkDefinition;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a parent says to its child; the child answers each with one {@link Reply}. */
sealed interface Request {
    /** Whether a picture is decoded or encoded for it. */
    boolean work();

    /** What it is about, for messages. */
    String about();

    void to(DataOutputStream out) throws IOException;

    /**
     * One encode.
     *
     * @param address path of the variant
     * @param original file to read
     * @param target file to write, which must not exist
     * @param base as in {@link io.sluice.image.variant.EncodeTask}
     * @param stamp of the mark that the address names; empty when it names none
     */
    record Encode(String address, Path original, Path target, int base, Optional<Stamp> stamp) implements Request {
        @Override
        public boolean work() {
            return true;
        }

        @Override
        public String about() {
            return address;
        }

        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('e');
            out.writeUTF(address);
            out.writeUTF(original.toString());
            out.writeUTF(target.toString());
            out.writeInt(base);
            out.writeBoolean(stamp.isPresent());
            if (stamp.isPresent()) {
                stamp.get().to(out);
            }
        }
    }

    /** A look at a source. */
    record LookAt(Path original) implements Request {
        @Override
        public boolean work() {
            return true;
        }

        @Override
        public String about() {
            return "the look at " + original.getFileName();
        }

        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('l');
            out.writeUTF(original.toString());
        }
    }

    /**
     * Several variants of one decode. The child asks before each, by {@link Reply.Wanted}; {@link Go} answers, and
     * bids it go on behind each {@link Reply.Done}, until {@link Reply.Over}.
     *
     * @param base width of the picture that all are shrunk from
     * @param addresses paths of the variants
     */
    record Cascade(Path original, int base, List<String> addresses) implements Request {
        @Override
        public boolean work() {
            return false;
        }

        @Override
        public String about() {
            return "the set with " + addresses.getFirst();
        }

        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('c');
            out.writeUTF(original.toString());
            out.writeInt(base);
            out.writeInt(addresses.size());
            for (String address : addresses) {
                out.writeUTF(address);
            }
        }
    }

    /**
     * The word that a child waits for within a cascade.
     *
     * @param target file to write what is wanted to; empty: nothing is wanted, go on
     */
    record Go(Optional<Path> target) implements Request {
        @Override
        public boolean work() {
            return target.isPresent();
        }

        @Override
        public String about() {
            return "a variant of a set";
        }

        @Override
        public void to(DataOutputStream out) throws IOException {
            out.writeByte('g');
            out.writeUTF(target.map(Path::toString).orElse(""));
        }
    }

    /** A visible mark, and the file of its image. */
    record Stamp(MarkDefinition definition, Path image) {
        private void to(DataOutputStream out) throws IOException {
            out.writeUTF(definition.oid());
            out.writeInt(definition.opacity());
            out.writeUTF(definition.position());
            out.writeInt(definition.scale());
            out.writeInt(definition.margin());
            out.writeBoolean(definition.tile());
            out.writeUTF(image.toString());
        }

        private static Stamp from(DataInputStream in) throws IOException {
            MarkDefinition definition = new MarkDefinition(
                    in.readUTF(), in.readInt(), in.readUTF(), in.readInt(), in.readInt(), in.readBoolean());
            return new Stamp(definition, Path.of(in.readUTF()));
        }
    }

    static Request from(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'e' ->
                new Encode(
                        in.readUTF(),
                        Path.of(in.readUTF()),
                        Path.of(in.readUTF()),
                        in.readInt(),
                        in.readBoolean() ? Optional.of(Stamp.from(in)) : Optional.empty());
            case 'l' -> new LookAt(Path.of(in.readUTF()));
            case 'c' -> new Cascade(Path.of(in.readUTF()), in.readInt(), addresses(in));
            case 'g' ->
                new Go(Optional.of(in.readUTF()).filter(path -> !path.isEmpty()).map(Path::of));
            default -> throw new IOException("unknown request " + kind);
        };
    }

    private static List<String> addresses(DataInputStream in) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            addresses.add(in.readUTF());
        }
        return addresses;
    }
}
