package io.sluice.image.blob;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of ListObjectsV2.
 *
 * @param blobs keys as the bucket has them
 * @param truncated whether more follow
 */
record S3Listing(List<Blob> blobs, boolean truncated) {
    /** @throws XMLStreamException when it is not such a page */
    static S3Listing parse(byte[] xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
        try {
            return read(reader);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new XMLStreamException(e.getMessage());
        } finally {
            reader.close();
        }
    }

    private static S3Listing read(XMLStreamReader reader) throws XMLStreamException {
        List<Blob> blobs = new ArrayList<>();
        boolean truncated = false;
        reader.nextTag();
        if (!reader.getLocalName().equals("ListBucketResult")) {
            throw new XMLStreamException("<" + reader.getLocalName() + ">");
        }
        while (reader.next() != XMLStreamConstants.END_DOCUMENT) {
            if (reader.isStartElement() && reader.getLocalName().equals("IsTruncated")) {
                truncated = Boolean.parseBoolean(reader.getElementText());
            } else if (reader.isStartElement() && reader.getLocalName().equals("Contents")) {
                blobs.add(contents(reader));
            }
        }
        return new S3Listing(List.copyOf(blobs), truncated);
    }

    private static Blob contents(XMLStreamReader reader) throws XMLStreamException {
        String key = "";
        long size = 0;
        Instant modified = Instant.EPOCH;
        int depth = 1;
        while (depth > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "Key" -> key = reader.getElementText();
                    case "Size" -> size = Long.parseLong(reader.getElementText());
                    case "LastModified" -> modified = Instant.parse(reader.getElementText());
                    default -> depth++;
                }
            }
        }
        return new Blob(key, size, modified);
    }
}
