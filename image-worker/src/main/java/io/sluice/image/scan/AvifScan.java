package io.sluice.image.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walks the boxes of an AVIF (ISO/IEC 14496-12, 23008-12; AV1 Image File Format). */
final class AvifScan {
    private static final int META = box("meta");
    private static final int IPRP = box("iprp");
    private static final int IPCO = box("ipco");
    private static final int ISPE = box("ispe");
    private static final int IROT = box("irot");
    private static final int AUXC = box("auxC");
    private static final int COLR = box("colr");
    private static final int PROF = box("prof");
    private static final int RICC = box("rICC");
    private static final int MDAT = box("mdat");
    private static final int IINF = box("iinf");
    private static final int ILOC = box("iloc");
    private static final int IDAT = box("idat");
    private static final int MOOV = box("moov");

    private final ByteBuffer image;
    private final Metadata metadata;
    private AvifExif.Range information = AvifExif.Range.NONE;
    private AvifExif.Range locations = AvifExif.Range.NONE;
    private AvifExif.Range content = AvifExif.Range.NONE;
    private int width;
    private int height;
    private boolean alpha;
    private boolean profile;
    private boolean turned;
    private boolean data;

    AvifScan(ByteBuffer image, ScanLimits limits) {
        this.image = image;
        this.metadata = new Metadata(limits);
    }

    ImageFacts facts() {
        boolean sequence = brands();
        boxes(0, image.limit());
        AvifExif.check(image, information, locations, content);
        if (width < 1 || height < 1 || !data) {
            throw Refusal.damaged("the AVIF has no picture");
        }
        return new ImageFacts(
                SourceFormat.AVIF,
                turned ? height : width,
                turned ? width : height,
                alpha,
                sequence,
                1,
                false,
                profile);
    }

    private boolean brands() {
        int end = Math.min(image.getInt(0), image.limit());
        boolean avif = false;
        boolean sequence = false;
        for (int at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
            avif |= image.getInt(at) == box("avif") || image.getInt(at) == box("avis");
            sequence |= image.getInt(at) == box("avis");
        }
        if (!avif) {
            throw new Refusal(Scan.Cause.NOT_AN_IMAGE, "a file of the MP4 family, but not an AVIF image");
        }
        return sequence;
    }

    private void boxes(int from, int to) {
        long at = from;
        while (at + 8 <= to) {
            int start = (int) at;
            long length = image.getInt(start) & 0xffffffffL;
            int header = 8;
            if (length == 1) {
                length = image.getLong(start + 8);
                header = 16;
            } else if (length == 0) {
                length = to - at;
            }
            if (length < header || length > to - at) {
                throw Refusal.damaged("the AVIF is cut off");
            }
            box(image.getInt(start + 4), start + header, (int) (at + length));
            at += length;
        }
    }

    private void box(int type, int from, int to) {
        if (type == MDAT) {
            data = true;
            return;
        }
        metadata.add(to - from);
        if (type == META) {
            boxes(from + 4, to);
        } else if (type == IPRP || type == IPCO) {
            boxes(from, to);
        } else if (type == ISPE) {
            size(image.getInt(from + 4), image.getInt(from + 8));
        } else if (type == IROT) {
            turned = (image.get(from) & 1) != 0;
        } else if (type == AUXC) {
            alpha |= ImageScanner.starts(image, from + 4, "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha");
        } else if (type == COLR) {
            profile |=
                    (image.getInt(from) == PROF || image.getInt(from) == RICC) && !SrgbProfile.in(image, from + 4, to);
        } else if (type == MOOV) {
            data = true;
        } else if (type == IINF) {
            information = once(information, from, to);
        } else if (type == ILOC) {
            locations = once(locations, from, to);
        } else if (type == IDAT) {
            content = once(content, from, to);
        }
    }

    private static AvifExif.Range once(AvifExif.Range known, int from, int to) {
        if (known.to() > 0) {
            throw Refusal.damaged("the AVIF says twice where its items are");
        }
        return new AvifExif.Range(from, to);
    }

    private void size(int w, int h) {
        if (w < 1 || h < 1) {
            throw Refusal.damaged("the AVIF has no size");
        }
        if ((long) w * h > (long) width * height) {
            width = w;
            height = h;
        }
    }

    private static int box(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }
}
