package io.sluice.image.vips;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.util.Locale;

/**
 * Every C function that is called, with its descriptor. No variadic function and no upcall, so that a native image needs only
 * the descriptors in {@code META-INF/native-image/io.sluice/image-worker/reachability-metadata.json}; a test holds both
 * against each other. A GType is a long, {@code size_t*} and every object an address.
 */
@SuppressWarnings("ImmutableEnumChecker") // A FunctionDescriptor is immutable, but not marked so.
enum NativeFunction {
    VIPS_INIT(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_VERSION(FunctionDescriptor.of(JAVA_INT, JAVA_INT)),
    VIPS_ERROR_BUFFER(FunctionDescriptor.of(ADDRESS)),
    VIPS_ERROR_CLEAR(FunctionDescriptor.ofVoid()),
    VIPS_CONCURRENCY_SET(FunctionDescriptor.ofVoid(JAVA_INT)),
    VIPS_CACHE_SET_MAX(FunctionDescriptor.ofVoid(JAVA_INT)),
    VIPS_BLOCK_UNTRUSTED_SET(FunctionDescriptor.ofVoid(JAVA_INT)),
    VIPS_TRACKED_GET_MEM(FunctionDescriptor.of(JAVA_LONG)),
    VIPS_THREAD_SHUTDOWN(FunctionDescriptor.ofVoid()),
    VIPS_OPERATION_NEW(FunctionDescriptor.of(ADDRESS, ADDRESS)),
    VIPS_OBJECT_SET_ARGUMENT_FROM_STRING(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS)),
    VIPS_CACHE_OPERATION_BUILD(FunctionDescriptor.of(ADDRESS, ADDRESS)),
    VIPS_OBJECT_UNREF_OUTPUTS(FunctionDescriptor.ofVoid(ADDRESS)),
    VIPS_IMAGE_GET_TYPE(FunctionDescriptor.of(JAVA_LONG)),
    VIPS_IMAGE_GET_WIDTH(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_HEIGHT(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_HASALPHA(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_BANDS(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_N_PAGES(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_PAGE_HEIGHT(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_INTERPRETATION(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_ORIENTATION(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_XOFFSET(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_GET_YOFFSET(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    VIPS_IMAGE_COPY_MEMORY(FunctionDescriptor.of(ADDRESS, ADDRESS)),
    VIPS_IMAGE_WRITE_TO_MEMORY(FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS)),
    VIPS_ARRAY_IMAGE_GET_TYPE(FunctionDescriptor.of(JAVA_LONG)),
    VIPS_ARRAY_IMAGE_NEW(FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT)),
    VIPS_BLOB_GET_TYPE(FunctionDescriptor.of(JAVA_LONG)),
    VIPS_BLOB_NEW(FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG)),
    VIPS_BLOB_GET(FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS)),
    VIPS_AREA_UNREF(FunctionDescriptor.ofVoid(ADDRESS)),
    G_FREE(FunctionDescriptor.ofVoid(ADDRESS)),
    G_OBJECT_UNREF(FunctionDescriptor.ofVoid(ADDRESS)),
    G_OBJECT_SET_PROPERTY(FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS)),
    G_OBJECT_GET_PROPERTY(FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS)),
    G_VALUE_INIT(FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG)),
    G_VALUE_UNSET(FunctionDescriptor.ofVoid(ADDRESS)),
    G_VALUE_GET_INT(FunctionDescriptor.of(JAVA_INT, ADDRESS)),
    G_VALUE_SET_OBJECT(FunctionDescriptor.ofVoid(ADDRESS, ADDRESS)),
    G_VALUE_DUP_OBJECT(FunctionDescriptor.of(ADDRESS, ADDRESS)),
    G_VALUE_SET_BOXED(FunctionDescriptor.ofVoid(ADDRESS, ADDRESS)),
    G_VALUE_DUP_BOXED(FunctionDescriptor.of(ADDRESS, ADDRESS));

    private final FunctionDescriptor descriptor;

    NativeFunction(FunctionDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Name of the symbol. */
    String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    FunctionDescriptor descriptor() {
        return descriptor;
    }
}
