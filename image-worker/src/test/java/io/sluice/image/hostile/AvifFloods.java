package io.sluice.image.hostile;

import static io.sluice.image.hostile.Answers.TOO_COMPLEX;
import static io.sluice.image.hostile.HostileInput.upload;

import io.sluice.image.scan.Bytes;
import java.util.Arrays;
import java.util.List;

/** AVIFs whose list of items is out of proportion. */
final class AvifFloods {
    private AvifFloods() {}

    static List<HostileInput> all() {
        return List.of(upload(
                "Floods of parts",
                "AVIF with an EXIF and 60,000 items of 65,535 parts without a byte",
                parts(60_000, 65_535),
                TOO_COMPLEX));
    }

    private static byte[] parts(int items, int each) {
        Bytes locations = new Bytes().zeros(4).u16(0).u16(items);
        for (int i = 0; i < items; i++) {
            locations.u16(2).u16(0).u16(each);
        }
        byte[] exif = new Bytes().u32(2 << 24).u16(1).u16(0).text("Exif\0").array();
        byte[] information = new Bytes().zeros(4).u16(1).box("infe", exif).array();
        byte[] size = new Bytes().zeros(4).u32(8).u32(8).array();
        byte[] properties =
                new Bytes().box("ipco", new Bytes().box("ispe", size).array()).array();
        byte[] meta = new Bytes()
                .zeros(4)
                .box("iinf", information)
                .box("iloc", locations.array())
                .box("iprp", properties)
                .array();
        return new Bytes()
                .raw(Arrays.copyOf(Bytes.avif(8, 8).array(), 24))
                .box("meta", meta)
                .box("mdat", new byte[10])
                .array();
    }
}
