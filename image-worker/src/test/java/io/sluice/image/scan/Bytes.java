package io.sluice.image.scan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds images byte by byte, as their formats say and as they must not be. */
public final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Bytes hex(String hex) {
        return raw(java.util.HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    public Bytes text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public Bytes u8(int value) {
        out.write(value);
        return this;
    }

    public Bytes u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public Bytes u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public Bytes le16(int value) {
        return u8(value).u8(value >>> 8);
    }

    public Bytes le32(long value) {
        return le16((int) value).le16((int) (value >>> 16));
    }

    public Bytes zeros(int count) {
        return raw(new byte[count]);
    }

    public byte[] array() {
        return out.toByteArray();
    }

    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array()).order(ByteOrder.BIG_ENDIAN);
    }

    /** A chunk of a PNG; nobody checks its checksum here. */
    public Bytes chunk(String type, byte[] data) {
        return u32(data.length).text(type).raw(data).zeros(4);
    }

    public static Bytes png(int width, int height, int colour) {
        return new Bytes()
                .text("\u0089PNG\r\n\u001a\n")
                .chunk(
                        "IHDR",
                        new Bytes()
                                .u32(width)
                                .u32(height)
                                .u8(8)
                                .u8(colour)
                                .zeros(3)
                                .array());
    }

    public static Bytes jpeg(int width, int height, boolean progressive) {
        return new Bytes()
                .hex("ffd8 ff")
                .u8(progressive ? 0xc2 : 0xc0)
                .u16(11)
                .u8(8)
                .u16(height)
                .u16(width)
                .hex("01 01 11 00");
    }

    /** One scan of a JPEG with a little data. */
    public Bytes scan() {
        return hex("ffda 0008 01 01 00 00 3f 00 1234ff0056ffd078");
    }

    public static Bytes gif(int width, int height) {
        return new Bytes().text("GIF89a").le16(width).le16(height).zeros(3);
    }

    public Bytes gifFrame(int width, int height) {
        return u8(0x2c).zeros(4).le16(width).le16(height).u8(0).hex("02 01 44 00");
    }

    public static byte[] webp(Bytes chunks) {
        byte[] body = chunks.array();
        return new Bytes()
                .text("RIFF")
                .le32(4 + body.length)
                .text("WEBP")
                .raw(body)
                .array();
    }

    public Bytes webpChunk(String type, byte[] data) {
        text(type).le32(data.length).raw(data);
        return data.length % 2 == 1 ? u8(0) : this;
    }

    public Bytes box(String type, byte[] data) {
        return u32(8L + data.length).text(type).raw(data);
    }

    public static Bytes avif(int width, int height) {
        byte[] ispe = new Bytes().zeros(4).u32(width).u32(height).array();
        byte[] ipco = new Bytes().box("ispe", ispe).array();
        byte[] iprp = new Bytes().box("ipco", ipco).array();
        byte[] meta = new Bytes().zeros(4).box("iprp", iprp).array();
        return new Bytes()
                .box("ftyp", new Bytes().text("avif").zeros(4).text("mif1avif").array())
                .box("meta", meta)
                .box("mdat", new byte[10]);
    }
}
