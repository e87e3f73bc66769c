package io.sluice.image.vips;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * libvips, loaded and set up: one thread per operation, no operation cache, loaders and savers that libvips itself calls
 * untrusted blocked. Thread-safe; a {@link VipsSession} is not. Call it from platform threads only: a virtual one would pin
 * its carrier for as long as an encode takes.
 */
@SuppressWarnings("restricted") // Reads the error text that C hands out.
public final class Vips {
    private static final int LONGEST_MESSAGE = 4096;

    private final NativeCalls calls;
    private final Path library;
    private final int major;
    private final int minor;
    private final int micro;
    private final long imageType;
    private final long blobType;
    private final long imagesType;

    private Vips(Path library, NativeCalls calls) {
        this.library = library;
        this.calls = calls;
        this.major = calls.toInt(NativeFunction.VIPS_VERSION, 0);
        this.minor = calls.toInt(NativeFunction.VIPS_VERSION, 1);
        this.micro = calls.toInt(NativeFunction.VIPS_VERSION, 2);
        this.imageType = calls.toLong(NativeFunction.VIPS_IMAGE_GET_TYPE);
        this.blobType = calls.toLong(NativeFunction.VIPS_BLOB_GET_TYPE);
        this.imagesType = calls.toLong(NativeFunction.VIPS_ARRAY_IMAGE_GET_TYPE);
    }

    /**
     * Loads a library; once in a process, for libvips keeps global state.
     *
     * @throws IllegalArgumentException when it cannot be loaded, lacks a function or does not initialise
     */
    public static Vips load(Path library) {
        NativeCalls calls = new NativeCalls(library);
        try (Arena arena = Arena.ofConfined()) {
            if (calls.toInt(NativeFunction.VIPS_INIT, arena.allocateFrom("sluice")) != 0) {
                throw new IllegalArgumentException(library + " does not initialise: " + takeError(calls));
            }
        }
        calls.run(NativeFunction.VIPS_CONCURRENCY_SET, 1);
        calls.run(NativeFunction.VIPS_CACHE_SET_MAX, 0);
        calls.run(NativeFunction.VIPS_BLOCK_UNTRUSTED_SET, 1);
        return new Vips(library, calls);
    }

    /** The file it was loaded from. */
    public Path library() {
        return library;
    }

    /** For example {@code 8.18.7}. */
    public String version() {
        return major + "." + minor + "." + micro;
    }

    /** Whether it is at least this version: some arguments were renamed. */
    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    /** Bytes of pixel buffers that libvips holds now. */
    public long memory() {
        return calls.toLong(NativeFunction.VIPS_TRACKED_GET_MEM);
    }

    /** Begins work on one image, on this thread. */
    public VipsSession session() {
        return new VipsSession(this);
    }

    /** Frees what libvips keeps for the calling thread; call it last on a thread that ends. */
    public void threadEnds() {
        calls.run(NativeFunction.VIPS_THREAD_SHUTDOWN);
    }

    NativeCalls calls() {
        return calls;
    }

    long imageType() {
        return imageType;
    }

    long blobType() {
        return blobType;
    }

    long imagesType() {
        return imagesType;
    }

    VipsFailure failure(String operation) {
        return new VipsFailure(operation, takeError(calls));
    }

    private static String takeError(NativeCalls calls) {
        MemorySegment text = calls.toAddress(NativeFunction.VIPS_ERROR_BUFFER).reinterpret(LONGEST_MESSAGE * 16L);
        String message = text.getString(0).strip();
        calls.run(NativeFunction.VIPS_ERROR_CLEAR);
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }
}
