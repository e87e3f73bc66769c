package io.sluice.image.scan;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes images a little, again and again: bits, bytes, lengths, cuts, doublings, parts of other images. */
public final class Mutator {
    private static final int[] EDGES = {0, 1, 2, 7, 8, 0x7f, 0x80, 0xff};
    private static final long[] LENGTHS = {0, 1, 2, 0x7fff, 0xffff, 0x7fffffffL, 0x80000000L, 0xfffffff0L, 0xffffffffL};

    private final RandomGenerator random;
    private final List<byte[]> seeds;

    public Mutator(RandomGenerator random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    /** A fresh mutant of one of the seeds, never the same array. */
    public byte[] next() {
        byte[] mutant = seeds.get(random.nextInt(seeds.size())).clone();
        for (int changes = 1 + random.nextInt(8); changes > 0 && mutant.length > 0; changes--) {
            mutant = changed(mutant);
        }
        return mutant;
    }

    private byte[] changed(byte[] image) {
        // Headers stand at the beginning: half of all changes are made there.
        int at = random.nextInt(random.nextBoolean() ? Math.min(image.length, 256) : image.length);
        int length = 1 + random.nextInt(Math.min(64, image.length - at));
        switch (random.nextInt(8)) {
            case 0 -> image[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> image[at] = (byte) EDGES[random.nextInt(EDGES.length)];
            case 2 -> image[at] = (byte) random.nextInt();
            case 3 -> write(image, at, 1 + random.nextInt(4), LENGTHS[random.nextInt(LENGTHS.length)]);
            case 4 -> {
                return Arrays.copyOf(image, at);
            }
            case 5 -> {
                return joined(Arrays.copyOf(image, at), Arrays.copyOfRange(image, at + length, image.length));
            }
            case 6 -> {
                byte[] part = Arrays.copyOfRange(image, at, at + length);
                return joined(joined(Arrays.copyOf(image, at), part), Arrays.copyOfRange(image, at, image.length));
            }
            default -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                return joined(
                        Arrays.copyOf(image, at), Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
            }
        }
        return image;
    }

    private void write(byte[] image, int at, int width, long value) {
        boolean big = random.nextBoolean();
        for (int i = 0; i < width && at + i < image.length; i++) {
            image[at + i] = (byte) (value >>> (8 * (big ? width - 1 - i : i)));
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
