package io.sluice.image.rights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The boxes of an AVIF's {@code meta} that say which items there are and where they lie (ISO/IEC 14496-12, 8.11). Every method
 * may throw a RuntimeException of the buffer when the file points outside of itself.
 */
final class AvifItems {
    private static final int MOST = 1_000;

    private final ByteBuffer image;
    private final Box meta;
    private final List<Item> items = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private int primary;

    /**
     * A box.
     *
     * @param at where it begins
     * @param from where its content begins
     * @param to behind its end
     */
    record Box(String type, int at, int from, int to) {
        int length() {
            return to - at;
        }
    }

    /** An item; {@code content} is the media type of a {@code mime} one. */
    record Item(int id, String type, String content) {}

    /**
     * Where an item lies.
     *
     * @param method 0: offsets count from the file's begin, 1: from the begin of {@code idat}
     * @param baseAt where its base offset stands
     * @param base that offset
     * @param extents its parts
     */
    record Place(int item, int method, int baseAt, long base, List<Extent> extents) {}

    /** A part of an item; {@code at} is where its offset stands. */
    record Extent(int at, long offset, long length) {}

    /** Sizes in bytes of the numbers in {@code iloc}. */
    record Sizes(int version, int offset, int length, int base, int index) {
        int id() {
            return version < 2 ? 2 : 4;
        }
    }

    AvifItems(ByteBuffer file) {
        this.image = file.slice().order(ByteOrder.BIG_ENDIAN);
        this.meta = boxes(0, image.limit()).stream()
                .filter(box -> box.type().equals("meta"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an AVIF without meta"));
        child("pitm").ifPresent(box -> primary = (int) number(box.from() + 4, image.get(box.from()) == 0 ? 2 : 4));
        child("iinf").ifPresent(this::readItems);
        child("iloc").ifPresent(this::readPlaces);
    }

    Box meta() {
        return meta;
    }

    List<Item> items() {
        return items;
    }

    List<Place> places() {
        return places;
    }

    /** Id of the picture itself. */
    int primary() {
        return primary;
    }

    /** A box in {@code meta}. */
    Optional<Box> child(String type) {
        return boxes(meta.from() + 4, meta.to()).stream()
                .filter(box -> box.type().equals(type))
                .findFirst();
    }

    /** The bytes of an item in one piece; empty when it has several or none. */
    Optional<ByteBuffer> bytes(Item item) {
        return places.stream()
                .filter(place -> place.item() == item.id() && place.extents().size() == 1 && place.method() < 2)
                .findFirst()
                .map(place -> {
                    Extent extent = place.extents().getFirst();
                    long data = place.method() == 0
                            ? 0
                            : child("idat").orElseThrow().from();
                    int from = Math.toIntExact(data + place.base() + extent.offset());
                    return image.slice(from, Math.toIntExact(Math.min(extent.length(), image.limit() - from)))
                            .order(ByteOrder.BIG_ENDIAN);
                });
    }

    /** Boxes side by side. */
    List<Box> boxes(int from, int to) {
        List<Box> boxes = new ArrayList<>();
        int at = from;
        while (at + 8 <= to && boxes.size() < MOST) {
            long length = image.getInt(at) & 0xffffffffL;
            int header = length == 1 ? 16 : 8;
            length = length == 1 ? image.getLong(at + 8) : length == 0 ? to - at : length;
            if (length < header || length > to - at) {
                throw new IllegalArgumentException("a box that is cut off");
            }
            boxes.add(new Box(name(at + 4), at, at + header, (int) (at + length)));
            at += (int) length;
        }
        return boxes;
    }

    /** How {@code iloc} writes its numbers. */
    Sizes sizes(Box iloc) {
        int some = image.get(iloc.from() + 4) & 0xff;
        int more = image.get(iloc.from() + 5) & 0xff;
        int version = image.get(iloc.from());
        return new Sizes(version, some >>> 4, some & 0xf, more >>> 4, version == 0 ? 0 : more & 0xf);
    }

    private void readItems(Box iinf) {
        for (Box box : boxes(iinf.from() + (image.get(iinf.from()) == 0 ? 6 : 8), iinf.to())) {
            int version = image.get(box.from());
            if (!box.type().equals("infe") || version < 2) {
                continue;
            }
            int id = version == 2 ? 2 : 4;
            int type = box.from() + 4 + id + 2;
            items.add(new Item((int) number(box.from() + 4, id), name(type), content(type + 4, box.to())));
        }
    }

    /** Behind an item's type stand its name and, for a {@code mime} one, its media type, each with a NUL. */
    private String content(int from, int to) {
        int at = from;
        while (at < to && image.get(at) != 0) {
            at++;
        }
        int end = at + 1;
        while (end < to && image.get(end) != 0) {
            end++;
        }
        return end > at + 1 && end <= to ? Texts.of(image, at + 1, end - at - 1) : "";
    }

    private void readPlaces(Box iloc) {
        Sizes sizes = sizes(iloc);
        int count = sizes.version() < 2 ? 2 : 4;
        int at = iloc.from() + 6;
        long entries = Math.min(MOST, number(at, count));
        int all = 0;
        at += count;
        for (long i = 0; i < entries; i++) {
            int id = (int) number(at, sizes.id());
            at += sizes.id();
            int method = sizes.version() == 0 ? 0 : (int) number(at, 2) & 0xf;
            at += sizes.version() == 0 ? 2 : 4;
            int baseAt = at;
            at += sizes.base();
            int parts = (int) number(at, 2);
            at += 2;
            all += parts;
            if (all > MOST) {
                throw new IllegalArgumentException("an AVIF in more than " + MOST + " parts");
            }
            List<Extent> extents = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                at += sizes.index();
                int offsetAt = at;
                at += sizes.offset();
                extents.add(new Extent(offsetAt, number(offsetAt, sizes.offset()), number(at, sizes.length())));
                at += sizes.length();
            }
            places.add(new Place(id, method, baseAt, number(baseAt, sizes.base()), extents));
        }
    }

    private String name(int at) {
        return Texts.of(image, at, 4);
    }

    private long number(int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (image.get(at + i) & 0xff);
        }
        return value;
    }
}
