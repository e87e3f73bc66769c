package io.sluice.image.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What S3 says about multipart uploads. */
final class S3Uploads {
    private S3Uploads() {}

    /**
     * One that was begun.
     *
     * @param key as the bucket has it
     * @param id of it
     * @param initiated when it was begun
     */
    record Upload(String key, String id, Instant initiated) {}

    /** Uploads of an answer to ListMultipartUploads; of CreateMultipartUpload the one, as begun at the epoch. */
    static List<Upload> list(String bucket, byte[] xml) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | DateTimeParseException e) {
            throw S3Failure.unreadable(bucket, String.valueOf(e.getMessage()));
        }
    }

    private static List<Upload> read(XMLStreamReader reader) throws XMLStreamException {
        List<Upload> uploads = new ArrayList<>();
        String key = "";
        String id = "";
        Instant initiated = Instant.EPOCH;
        while (reader.next() != XMLStreamReader.END_DOCUMENT) {
            if (reader.isStartElement()) {
                switch (reader.getLocalName()) {
                    case "Key" -> key = reader.getElementText();
                    case "UploadId" -> id = reader.getElementText();
                    case "Initiated" -> initiated = Instant.parse(reader.getElementText());
                    default -> {} // owner and storage class
                }
            } else if (reader.isEndElement() && !id.isEmpty() && ends(reader.getLocalName())) {
                uploads.add(new Upload(key, id, initiated));
                id = "";
                initiated = Instant.EPOCH;
            }
        }
        return uploads;
    }

    private static boolean ends(String element) {
        return element.equals("Upload") || element.equals("InitiateMultipartUploadResult");
    }
}
