package io.sluice.image.vips;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Work on one image, on one thread; closing it gives back every object and byte that came up in it. */
public final class VipsSession implements AutoCloseable {
    private final Vips vips;
    private final Arena arena = Arena.ofConfined();
    private final List<VipsImage> images = new ArrayList<>();
    private final List<MemorySegment> blobs = new ArrayList<>();

    VipsSession(Vips vips) {
        this.vips = vips;
    }

    /** An operation by its name in libvips, for example {@code thumbnail_buffer}. */
    public VipsOperation operation(String name) {
        return new VipsOperation(this, vips, arena, name);
    }

    /** A file's bytes outside of the heap. Read, not mapped: a file that shrank under a mapping would kill the process. */
    public MemorySegment read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = arena.allocate(Math.max(1, channel.size()));
            ByteBuffer buffer = bytes.asByteBuffer();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException(file + " ended early");
                }
            }
            return bytes;
        }
    }

    /** Bytes outside of the heap. */
    public MemorySegment bytes(byte[] bytes) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    /**
     * The picture with all its pixels made, so that what follows may look at them in any order and more than once.
     *
     * @throws VipsFailure when its source turns out to be damaged
     */
    public VipsImage memory(VipsImage image) {
        MemorySegment copy = vips.calls().toAddress(NativeFunction.VIPS_IMAGE_COPY_MEMORY, image.object());
        if (copy.address() == 0) {
            throw vips.failure("copy_memory");
        }
        return own(new VipsImage(vips.calls(), copy));
    }

    /**
     * The pixels of a small picture of 8 bits, row by row, its channels side by side.
     *
     * @throws VipsFailure when its source turns out to be damaged
     */
    @SuppressWarnings("restricted") // Reads the bytes that C hands out.
    public byte[] pixels(VipsImage image) {
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment data = vips.calls().toAddress(NativeFunction.VIPS_IMAGE_WRITE_TO_MEMORY, image.object(), size);
        if (data.address() == 0) {
            throw vips.failure("write_to_memory");
        }
        try {
            return data.reinterpret(size.get(ValueLayout.JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
        } finally {
            vips.calls().run(NativeFunction.G_FREE, data);
        }
    }

    VipsImage own(VipsImage image) {
        images.add(image);
        return image;
    }

    void ownBlob(MemorySegment blob) {
        blobs.add(blob);
    }

    @Override
    public void close() {
        NativeCalls calls = vips.calls();
        blobs.forEach(blob -> calls.run(NativeFunction.VIPS_AREA_UNREF, blob));
        images.reversed().forEach(image -> calls.run(NativeFunction.G_OBJECT_UNREF, image.object()));
        arena.close();
    }
}
