package io.sluice.image.rights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rights of IPTC-IIM 4.2, record 2, as Photoshop's resource 0x0404 carries it in a JPEG. */
final class IptcRights {
    static final String HEADER = "Photoshop 3.0\0";

    private static final int IIM = 0x0404;
    private static final int BY_LINE = 80;
    private static final int CREDIT = 110;
    private static final int COPYRIGHT_NOTICE = 116;

    private IptcRights() {}

    /**
     * @param block behind {@link #HEADER}
     * @throws RuntimeException of the buffer when it is cut off
     */
    static Rights read(ByteBuffer block) {
        ByteBuffer resources = block.slice().order(ByteOrder.BIG_ENDIAN);
        int at = 0;
        while (Texts.at(resources, at, "8BIM")) {
            int id = resources.getShort(at + 4) & 0xffff;
            int name = 1 + (resources.get(at + 6) & 0xff);
            int size = at + 6 + name + (name & 1);
            int length = resources.getInt(size);
            if (length < 0) {
                return Rights.NONE;
            }
            if (id == IIM) {
                return records(resources.slice(size + 4, length));
            }
            at = Math.addExact(size + 4, length + (length & 1));
        }
        return Rights.NONE;
    }

    private static Rights records(ByteBuffer iim) {
        String copyright = "";
        String creator = "";
        String credit = "";
        int at = 0;
        while (at + 5 <= iim.limit() && iim.get(at) == 0x1c) {
            int length = iim.getShort(at + 3) & 0xffff;
            if (length >= 0x8000) {
                break; // an extended one: none of these
            }
            if (iim.get(at + 1) == 2) {
                String text = Texts.of(iim, at + 5, Math.min(length, 4 * Rights.LONGEST));
                switch (iim.get(at + 2)) {
                    case BY_LINE -> creator = creator.isEmpty() ? text : creator + ", " + text;
                    case CREDIT -> credit = text;
                    case COPYRIGHT_NOTICE -> copyright = text;
                    default -> {} // not about rights
                }
            }
            at += 5 + length;
        }
        return new Rights(copyright, creator, credit, "", "");
    }
}
