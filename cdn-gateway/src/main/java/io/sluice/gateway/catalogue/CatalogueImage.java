package io.sluice.gateway.catalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;

/**
 * The catalogue as it lies on disk, about 120 bytes for each source.
 *
 * @param seq position of the change feed it stands at
 * @param profile encoder profile in use
 */
record CatalogueImage(long seq, String profile) {
    private static final int VERSION = 1;
    private static final int OID_BYTES = 32;

    static byte[] write(CatalogueImage image, SourceTable table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + table.size() * 120);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeLong(image.seq);
            out.writeUTF(image.profile);
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            try (DataOutputStream row = new DataOutputStream(rows)) {
                IOException[] failed = new IOException[1];
                table.forEach((name, facts) -> {
                    try {
                        rows.reset();
                        write(row, name, facts);
                        rows.writeTo(out);
                    } catch (IOException e) {
                        failed[0] = e;
                    }
                });
                if (failed[0] != null) {
                    throw failed[0];
                }
            }
        }
        return bytes.toByteArray();
    }

    static CatalogueImage read(byte[] content, SourceTable table) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("version " + version + " of the catalogue's file is not known");
            }
            CatalogueImage image = new CatalogueImage(in.readLong(), in.readUTF());
            while (in.available() > 0) {
                String name = in.readUTF();
                String collection = name.substring(0, name.indexOf('/'));
                long seq = in.readLong();
                String oid = HexFormat.of().formatHex(in.readNBytes(OID_BYTES));
                table.put(name, SourceFacts.of(seq, collection, oid, in.readInt(), in.readInt(), in.readBoolean()));
            }
            return image;
        }
    }

    private static void write(DataOutputStream out, String name, SourceFacts facts) throws IOException {
        out.writeUTF(name);
        out.writeLong(facts.seq());
        out.write(HexFormat.of().parseHex(facts.oid()));
        out.writeInt(facts.width());
        out.writeInt(facts.height());
        out.writeBoolean(facts.alpha());
    }
}
