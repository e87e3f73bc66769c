package io.sluice.image.vips;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
