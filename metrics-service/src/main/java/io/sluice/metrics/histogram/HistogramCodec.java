package io.sluice.metrics.histogram;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The stored form of a histogram: one byte of version (high nibble) and scale (low nibble); zeros as varint; sum, least and
 * greatest as doubles; number of buckets as varint; first index as zig-zag varint; counts as varints, where a 0 is followed by
 * the length of the run of empty buckets. 50 buckets of a 10-second window take some 100 bytes.
 */
final class HistogramCodec {
    private static final int VERSION = 1;
    private static final int FIXED = 1 + 3 * Double.BYTES;
    private static final int MAX_BUCKETS = 1 << 15;

    // Handed over once between the codec and the histogram; never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record State(int scale, long zeros, double sum, double min, double max, int offset, long[] counts) {}

    private HistogramCodec() {}

    static byte[] encode(State state) {
        ByteBuffer out = ByteBuffer.allocate(FIXED + 10 * (3 + state.counts().length));
        out.put((byte) ((VERSION << 4) | state.scale()));
        putVarint(out, state.zeros());
        out.putDouble(state.sum()).putDouble(state.min()).putDouble(state.max());
        putVarint(out, state.counts().length);
        putVarint(out, ((long) state.offset() << 1) ^ (state.offset() >> 31));
        putCounts(out, state.counts());
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    static State decode(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int head = in.get();
            if (head >> 4 != VERSION) {
                throw new IllegalArgumentException("not a histogram of version " + VERSION);
            }
            long zeros = varint(in);
            double sum = in.getDouble();
            double min = in.getDouble();
            double max = in.getDouble();
            long buckets = varint(in);
            if (buckets < 0 || buckets > MAX_BUCKETS) {
                throw new IllegalArgumentException("a histogram of " + buckets + " buckets");
            }
            long zigzag = varint(in);
            int offset = (int) ((zigzag >>> 1) ^ -(zigzag & 1));
            return new State(head & 0xf, zeros, sum, min, max, offset, counts(in, (int) buckets));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the histogram's bytes end early", e);
        }
    }

    private static void putCounts(ByteBuffer out, long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            putVarint(out, counts[i]);
            if (counts[i] == 0) {
                int run = 1;
                while (counts[i + run] == 0) { // the last count is never 0
                    run++;
                }
                putVarint(out, run);
                i += run - 1;
            }
        }
    }

    private static long[] counts(ByteBuffer in, int buckets) {
        long[] counts = new long[buckets];
        int at = 0;
        while (at < buckets) {
            long value = varint(in);
            if (value == 0) {
                long run = varint(in);
                if (run <= 0 || run > buckets - at) {
                    throw new IllegalArgumentException("a run of " + run + " empty buckets of " + (buckets - at));
                }
                at += (int) run;
            } else {
                counts[at++] = value;
            }
        }
        return counts;
    }

    private static void putVarint(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than 64 bits");
    }
}
