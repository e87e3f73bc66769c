package io.sluice.image.rights;

import io.sluice.image.rights.AvifItems.Box;
import io.sluice.image.rights.AvifItems.Extent;
import io.sluice.image.rights.AvifItems.Place;
import io.sluice.image.rights.AvifItems.Sizes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Adds EXIF and XMP as items to an AVIF of our own encoder: their bytes behind everything else, so that of what was there only
 * the offsets in {@code iloc} change (ISO/IEC 23008-12, annex A).
 */
final class AvifRights {
    private final ByteBuffer image;
    private final AvifItems items;
    private final Box meta;

    private AvifRights(ByteBuffer image) {
        this.image = image;
        this.items = new AvifItems(image);
        this.meta = items.meta();
    }

    /** @param exif a TIFF; empty: none */
    static ByteBuffer add(ByteBuffer image, byte[] exif, byte[] xmp) {
        AvifRights avif = new AvifRights(image);
        int id = avif.items.items().stream().mapToInt(AvifItems.Item::id).max().orElse(0) + 1;
        Block description = new Block();
        Block data = new Block();
        if (exif.length > 0) {
            description.box("infe", new Block().u32(2 << 24).u16(id).u16(0).text("Exif\0"));
            data.u32(0).bytes(exif); // the TIFF begins at once
        }
        int first = data.length();
        description.box("infe", new Block().u32(2 << 24).u16(id + 1).u16(0).text("mime\0application/rdf+xml\0"));
        data.bytes(xmp);
        return avif.with(id, description, data, first);
    }

    private ByteBuffer with(int id, Block description, Block data, int exifLength) {
        Block sized = new Block();
        children(sized, id, description, 0, exifLength, data.length(), 0); // offsets have a fixed size
        int growth = 12 + sized.length() - meta.length();
        long begin = (long) image.limit() + growth + 8;
        Block children = new Block();
        children(children, id, description, begin, exifLength, data.length(), growth);
        Block file = new Block();
        file.bytes(slice(0, meta.at()));
        file.box("meta", new Block().u32(0).bytes(children.array()));
        file.bytes(slice(meta.to(), image.limit()));
        file.box("mdat", data);
        return ByteBuffer.wrap(file.array());
    }

    private void children(Block out, int id, Block description, long begin, int exif, int all, int growth) {
        boolean referred = false;
        for (Box box : items.boxes(meta.from() + 4, meta.to())) {
            switch (box.type()) {
                case "iinf" -> out.box("iinf", information(box, exif > 0 ? 2 : 1, description));
                case "iloc" -> out.box("iloc", locations(box, id, begin, exif, all, growth));
                case "iref" -> {
                    referred = true;
                    int wide = image.get(box.from()) == 0 ? 2 : 4;
                    out.box(
                            "iref",
                            new Block().bytes(slice(box.from(), box.to())).bytes(references(id, exif, wide)));
                }
                default -> out.bytes(slice(box.at(), box.to()));
            }
        }
        if (!referred) {
            out.box("iref", new Block().u32(0).bytes(references(id, exif, 2)));
        }
    }

    private Block information(Box iinf, int more, Block description) {
        int size = image.get(iinf.from()) == 0 ? 2 : 4;
        int count = items.items().size() + more;
        return new Block()
                .bytes(slice(iinf.from(), iinf.from() + 4))
                .number(count, size)
                .bytes(slice(iinf.from() + 4 + size, iinf.to()))
                .bytes(description.array());
    }

    private byte[] references(int id, int exif, int wide) {
        Block references = new Block();
        for (int item = exif > 0 ? id : id + 1; item <= id + 1; item++) {
            references.box("cdsc", new Block().number(item, wide).u16(1).number(items.primary(), wide));
        }
        return references.array();
    }

    private Block locations(Box iloc, int id, long begin, int exif, int all, int growth) {
        Sizes sizes = items.sizes(iloc);
        if (Math.max(sizes.offset(), sizes.base()) < 4 || sizes.length() < 4) {
            throw new IllegalArgumentException("an AVIF whose encoder left no room for further items");
        }
        ByteBuffer moved = ByteBuffer.wrap(slice(iloc.from(), iloc.to()));
        for (Place place : items.places()) {
            if (place.method() == 0) {
                move(moved, place, sizes, iloc.from(), growth);
            }
        }
        int count = sizes.version() < 2 ? 2 : 4;
        Block block = new Block().bytes(slice(iloc.from(), iloc.from() + 6));
        block.number(items.places().size() + (exif > 0 ? 2 : 1), count);
        block.bytes(java.util.Arrays.copyOfRange(moved.array(), 6 + count, moved.limit()));
        if (exif > 0) {
            place(block, sizes, id, begin, exif);
        }
        place(block, sizes, id + 1, begin + exif, all - exif);
        return block;
    }

    /** What lay behind {@code meta} lies further behind now. */
    private void move(ByteBuffer iloc, Place place, Sizes sizes, int from, int growth) {
        if (sizes.base() >= 4 && place.base() >= meta.to()) {
            put(iloc, place.baseAt() - from, place.base() + growth, sizes.base());
        } else {
            for (Extent extent : place.extents()) {
                if (sizes.offset() >= 4 && place.base() + extent.offset() >= meta.to()) {
                    put(iloc, extent.at() - from, extent.offset() + growth, sizes.offset());
                }
            }
        }
    }

    private static void put(ByteBuffer target, int at, long value, int bytes) {
        target.put(at, new Block().number(value, bytes).array());
    }

    private static void place(Block out, Sizes sizes, int id, long at, long length) {
        boolean byOffset = sizes.offset() >= 4;
        out.number(id, sizes.id());
        out.number(0, sizes.version() == 0 ? 2 : 4); // method 0, this file
        out.number(byOffset ? 0 : at, sizes.base());
        out.u16(1).number(0, sizes.index());
        out.number(byOffset ? at : 0, sizes.offset()).number(length, sizes.length());
    }

    private byte[] slice(int from, int to) {
        byte[] bytes = new byte[to - from];
        image.get(from, bytes);
        return bytes;
    }

    /** Bytes that grow, big-endian. */
    private static final class Block {
        private final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();

        Block number(long value, int bytes) {
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                out.write((int) (value >>> shift));
            }
            return this;
        }

        Block u16(int value) {
            return number(value, 2);
        }

        Block u32(long value) {
            return number(value, 4);
        }

        Block bytes(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Block text(String text) {
            return bytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        Block box(String type, Block content) {
            return u32(8L + content.length()).text(type).bytes(content.array());
        }

        int length() {
            return out.size();
        }

        byte[] array() {
            return out.toByteArray();
        }
    }
}
