package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.sluice.image.Service;
import io.sluice.image.scan.Bytes;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Mutator;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Mutated images before the code that reads them first, the scanner and the stripper of metadata: nothing but an outcome may
 * come of them, and no input may cost time or memory out of proportion. {@code -Dsluice.test.long=true} goes on for three
 * minutes from a seed that is new each time and printed when something is found.
 */
class PreScanFuzzTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final boolean LONG = Boolean.getBoolean("sluice.test.long");
    private static final int ROUNDS = 60_000;
    private static final long LONG_NANOS = 180_000_000_000L;

    /** Far above what these small inputs take; a garbage collection or a busy machine is no finding. */
    private static final long MOST_NANOS = 500_000_000L;

    private static final long MOST_HEAP_BYTES = 8 << 20;

    private final ImageScanner scanner = new ImageScanner(ScanLimits.DEFAULT);

    @Test
    void comes_to_an_outcome_for_every_mutant() throws IOException {
        long seed = LONG ? System.nanoTime() : 20_261_121;
        List<byte[]> seeds = seeds();
        seeds.forEach(whole -> outcome(whole, "a seed")); // loads what is loaded once
        Mutator mutator = new Mutator(new SplittableRandom(seed), seeds);
        long until = System.nanoTime() + LONG_NANOS;
        int accepted = 0;
        for (int round = 0; LONG ? System.nanoTime() < until : round < ROUNDS; round++) {
            accepted += outcome(mutator.next(), "seed " + seed + ", round " + round) ? 1 : 0;
        }
        assertThat(accepted).as("mutants that were taken").isPositive();
    }

    private boolean outcome(byte[] mutant, String where) {
        long thread = Thread.currentThread().threadId();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long heap = THREADS.getThreadAllocatedBytes(thread);
        boolean taken = false;
        try {
            if (scanner.scan(ByteBuffer.wrap(mutant)) instanceof Scan.Accepted accepted) {
                taken = true;
                if (OriginalPixels.format(accepted.facts().format()).isPresent()) {
                    OriginalPixels.strip(ByteBuffer.wrap(mutant), accepted.facts());
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            fail(where + ": " + e + " for " + HexFormat.of().formatHex(mutant, 0, Math.min(mutant.length, 2_000)), e);
        }
        assertThat(THREADS.getCurrentThreadCpuTime() - cpu)
                .as("CPU time, %s", where)
                .isLessThan(MOST_NANOS);
        assertThat(THREADS.getThreadAllocatedBytes(thread) - heap)
                .as("heap, %s", where)
                .isLessThan(MOST_HEAP_BYTES);
        return taken;
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String format : new String[] {"png", "gif", "jpg"}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB), format, out);
            seeds.add(out.toByteArray());
        }
        seeds.add(Arrays.copyOf(Service.photo("wine.jpg"), 4_000));
        seeds.add(Bytes.jpeg(64, 32, true).scan().scan().hex("ffd9").array());
        seeds.add(new Bytes()
                .hex("ffd8 ffe1 0022")
                .text("Exif\0\0MM\0*")
                .u32(8)
                .u16(1)
                .hex("0112 0003 00000001 0006 0000 00000000")
                .raw(Arrays.copyOfRange(
                        Bytes.jpeg(64, 32, false).scan().hex("ffd9").array(), 2, 40))
                .array());
        seeds.add(Bytes.png(64, 32, 6)
                .chunk("iCCP", new byte[20])
                .chunk("iTXt", new Bytes().text("a\0\1\0\0\0").zeros(9).array())
                .chunk("acTL", new Bytes().u32(2).u32(0).array())
                .chunk("IDAT", new byte[9])
                .chunk("IEND", new byte[0])
                .array());
        seeds.add(Bytes.gif(64, 32)
                .hex("21fe 03 414243 00")
                .gifFrame(8, 8)
                .gifFrame(64, 32)
                .hex("3b")
                .array());
        seeds.add(Bytes.webp(new Bytes()
                .webpChunk("VP8X", new Bytes().hex("1c000000 3f0000 1f0000").array())
                .webpChunk("EXIF", new byte[7])
                .webpChunk("VP8L", new Bytes().hex("2f 3fc00710 00").array())));
        seeds.add(Bytes.avif(64, 32).array());
        seeds.add(avifWithExif());
        return seeds;
    }

    private static byte[] avifWithExif() {
        byte[] entry = new Bytes().hex("02000000 0001 0000").text("Exif").u8(0).array();
        byte[] items = new Bytes().hex("00000000 0001").box("infe", entry).array();
        byte[] places = new Bytes()
                .hex("01000000 4400 0001 0001 0001 0000 0001 00000000 00000020")
                .array();
        byte[] exif = new Bytes()
                .u32(0)
                .text("MM\0*")
                .u32(8)
                .hex("0001 0112 0003 00000001 0006 0000 00000000")
                .array();
        byte[] meta = new Bytes()
                .zeros(4)
                .box("iinf", items)
                .box("iloc", places)
                .box("idat", exif)
                .box("ispe", new Bytes().zeros(4).u32(64).u32(32).array())
                .array();
        return new Bytes()
                .box("ftyp", new Bytes().text("avif").zeros(4).text("mif1avif").array())
                .box("meta", meta)
                .box("mdat", new byte[10])
                .array();
    }
}
