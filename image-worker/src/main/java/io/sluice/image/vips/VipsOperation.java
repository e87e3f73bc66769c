package io.sluice.image.vips;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** One operation of libvips, set up by name: arguments first, then one result. Used once. */
@SuppressWarnings("restricted") // Reads the bytes that C hands out.
public final class VipsOperation {
    private static final long GVALUE_BYTES = 24;

    /** {@code G_TYPE_INT} of gobject's fundamental types: {@code 6 << 2}. */
    private static final long G_TYPE_INT = 24;

    private final VipsSession session;
    private final Vips vips;
    private final NativeCalls calls;
    private final Arena arena;
    private final String name;
    private MemorySegment object;

    VipsOperation(VipsSession session, Vips vips, Arena arena, String name) {
        this.session = session;
        this.vips = vips;
        this.calls = vips.calls();
        this.arena = arena;
        this.name = name;
        this.object = calls.toAddress(NativeFunction.VIPS_OPERATION_NEW, arena.allocateFrom(name));
        if (object.address() == 0) {
            throw vips.failure(name);
        }
    }

    /** Sets an argument as the command line would: numbers, booleans, enumeration nicks. */
    public VipsOperation set(String argument, Object value) {
        int result = calls.toInt(
                NativeFunction.VIPS_OBJECT_SET_ARGUMENT_FROM_STRING,
                object,
                arena.allocateFrom(argument),
                arena.allocateFrom(value.toString()));
        if (result != 0) {
            throw abandoned();
        }
        return this;
    }

    /** Sets an argument that is an image. */
    public VipsOperation set(String argument, VipsImage image) {
        MemorySegment value = value(vips.imageType());
        calls.run(NativeFunction.G_VALUE_SET_OBJECT, value, image.object());
        calls.run(NativeFunction.G_OBJECT_SET_PROPERTY, object, arena.allocateFrom(argument), value);
        calls.run(NativeFunction.G_VALUE_UNSET, value);
        return this;
    }

    /** Sets an argument that is several images. */
    public VipsOperation set(String argument, List<VipsImage> images) {
        MemorySegment objects = arena.allocate(ValueLayout.ADDRESS, images.size());
        for (int i = 0; i < images.size(); i++) {
            objects.setAtIndex(ValueLayout.ADDRESS, i, images.get(i).object());
        }
        setBoxed(
                argument,
                vips.imagesType(),
                calls.toAddress(NativeFunction.VIPS_ARRAY_IMAGE_NEW, objects, images.size()));
        return this;
    }

    /** Sets an argument that is bytes; they must outlive the session. */
    public VipsOperation set(String argument, MemorySegment bytes) {
        MemorySegment blob = calls.toAddress(NativeFunction.VIPS_BLOB_NEW, MemorySegment.NULL, bytes, bytes.byteSize());
        setBoxed(argument, vips.blobType(), blob);
        return this;
    }

    /**
     * Runs it and takes its image.
     *
     * @throws VipsFailure when libvips refuses
     */
    public VipsImage image() {
        build();
        MemorySegment value = output(vips.imageType(), "out");
        MemorySegment image = calls.toAddress(NativeFunction.G_VALUE_DUP_OBJECT, value);
        calls.run(NativeFunction.G_VALUE_UNSET, value);
        release();
        return session.own(new VipsImage(calls, image));
    }

    /**
     * Runs it and takes whole numbers, by the names of its outputs.
     *
     * @throws VipsFailure when libvips refuses
     */
    public int[] numbers(String... outputs) {
        build();
        int[] numbers = new int[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            MemorySegment value = output(G_TYPE_INT, outputs[i]);
            numbers[i] = calls.toInt(NativeFunction.G_VALUE_GET_INT, value);
            calls.run(NativeFunction.G_VALUE_UNSET, value);
        }
        release();
        return numbers;
    }

    /**
     * Runs it and takes its bytes; they live as long as the session.
     *
     * @throws VipsFailure when libvips refuses, which for a saver includes input that turns out to be damaged
     */
    public MemorySegment bytes() {
        build();
        MemorySegment value = output(vips.blobType(), "buffer");
        MemorySegment blob = calls.toAddress(NativeFunction.G_VALUE_DUP_BOXED, value);
        calls.run(NativeFunction.G_VALUE_UNSET, value);
        release();
        session.ownBlob(blob);
        MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment data = calls.toAddress(NativeFunction.VIPS_BLOB_GET, blob, length);
        return data.reinterpret(length.get(ValueLayout.JAVA_LONG, 0));
    }

    /** Hands an area of libvips over; it lives as long as the operation needs it. */
    private void setBoxed(String argument, long type, MemorySegment area) {
        MemorySegment value = value(type);
        calls.run(NativeFunction.G_VALUE_SET_BOXED, value, area);
        calls.run(NativeFunction.G_OBJECT_SET_PROPERTY, object, arena.allocateFrom(argument), value);
        calls.run(NativeFunction.G_VALUE_UNSET, value);
        calls.run(NativeFunction.VIPS_AREA_UNREF, area);
    }

    private void build() {
        MemorySegment built = calls.toAddress(NativeFunction.VIPS_CACHE_OPERATION_BUILD, object);
        if (built.address() == 0) {
            throw abandoned();
        }
        calls.run(NativeFunction.G_OBJECT_UNREF, object);
        object = built;
    }

    private MemorySegment output(long type, String argument) {
        MemorySegment value = value(type);
        calls.run(NativeFunction.G_OBJECT_GET_PROPERTY, object, arena.allocateFrom(argument), value);
        return value;
    }

    private MemorySegment value(long type) {
        MemorySegment value = arena.allocate(GVALUE_BYTES, 8);
        calls.toAddress(NativeFunction.G_VALUE_INIT, value, type);
        return value;
    }

    private VipsFailure abandoned() {
        release();
        return vips.failure(name);
    }

    private void release() {
        calls.run(NativeFunction.VIPS_OBJECT_UNREF_OUTPUTS, object);
        calls.run(NativeFunction.G_OBJECT_UNREF, object);
    }
}
