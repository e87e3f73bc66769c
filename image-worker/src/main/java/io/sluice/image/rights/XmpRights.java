package io.sluice.image.rights;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Rights of XMP (ISO 16684-1): as elements, with or without a list in them, or as attributes. No entity is ever resolved. */
final class XmpRights {
    /** What is read of a packet, in bytes: nested names cost a parser the square of their number. */
    static final int LONGEST = 256 << 10;

    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
    private static final String RIGHTS = "http://ns.adobe.com/xap/1.0/rights/";
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /** Room for several creators. */
    private static final int LONGEST_TEXT = 4 * Rights.LONGEST;

    private final Map<Property, String> found = new EnumMap<>(Property.class);

    private enum Property {
        COPYRIGHT(DC, "rights"),
        CREATOR(DC, "creator"),
        CREDIT(PHOTOSHOP, "Credit"),
        USAGE_TERMS(RIGHTS, "UsageTerms"),
        WEB_STATEMENT(RIGHTS, "WebStatement");

        private final String namespace;
        private final String local;

        Property(String namespace, String local) {
            this.namespace = namespace;
            this.local = local;
        }

        static @Nullable Property of(@Nullable String namespace, String local) {
            for (Property property : values()) {
                if (property.local.equals(local) && property.namespace.equals(namespace)) {
                    return property;
                }
            }
            return null;
        }
    }

    private XmpRights() {}

    /** What a packet says up to where it is no XML any more. */
    static Rights read(byte[] packet) {
        XmpRights rights = new XmpRights();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(packet));
            try {
                rights.read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            return rights.all(); // hostile or padded: what came before stands
        }
        return rights.all();
    }

    private void read(XMLStreamReader reader) throws XMLStreamException {
        Property within = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    Property property = Property.of(reader.getNamespaceURI(), reader.getLocalName());
                    within = property == null ? within : property;
                    attributes(reader);
                    if (within != null && reader.getLocalName().equals("li") && RDF.equals(reader.getNamespaceURI())) {
                        within = item(within);
                    }
                }
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
                    if (within != null) {
                        add(within, reader.getText());
                    }
                }
                case XMLStreamReader.END_ELEMENT -> {
                    if (within != null && within == Property.of(reader.getNamespaceURI(), reader.getLocalName())) {
                        within = null;
                    }
                }
                default -> {} // comments and the packet's wrapper
            }
        }
    }

    private void attributes(XMLStreamReader reader) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            Property property = Property.of(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i));
            if (property != null) {
                add(property, reader.getAttributeValue(i));
            }
        }
    }

    /** Of several creators all are read, of several languages the first. */
    private @Nullable Property item(Property property) {
        String before = found.getOrDefault(property, "");
        if (before.isBlank()) {
            return property;
        }
        if (property == Property.CREATOR) {
            found.put(property, before.strip() + ", ");
            return property;
        }
        return null;
    }

    private void add(Property property, String text) {
        String before = found.getOrDefault(property, "");
        if (before.length() < LONGEST_TEXT) {
            found.put(property, before + text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
        }
    }

    private Rights all() {
        return new Rights(
                found.getOrDefault(Property.COPYRIGHT, ""),
                found.getOrDefault(Property.CREATOR, ""),
                found.getOrDefault(Property.CREDIT, ""),
                found.getOrDefault(Property.USAGE_TERMS, ""),
                found.getOrDefault(Property.WEB_STATEMENT, ""));
    }

    /** A packet that says these and nothing else. */
    static byte[] write(Rights rights) {
        return ("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
                        + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"" + RDF
                        + "\"><rdf:Description rdf:about=\"\" xmlns:dc=\"" + DC + "\" xmlns:photoshop=\"" + PHOTOSHOP
                        + "\" xmlns:xmpRights=\"" + RIGHTS + "\">"
                        + listed("dc:rights", "Alt", rights.copyright())
                        + listed("dc:creator", "Seq", rights.creator())
                        + element("photoshop:Credit", escaped(rights.credit()))
                        + listed("xmpRights:UsageTerms", "Alt", rights.usageTerms())
                        + element("xmpRights:WebStatement", escaped(rights.webStatement()))
                        + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String listed(String name, String list, String text) {
        String language = list.equals("Alt") ? " xml:lang=\"x-default\"" : "";
        return text.isEmpty()
                ? ""
                : element(
                        name,
                        "<rdf:" + list + "><rdf:li" + language + '>' + escaped(text) + "</rdf:li></rdf:" + list + '>');
    }

    private static String element(String name, String content) {
        return content.isEmpty() ? "" : '<' + name + '>' + content + "</" + name + '>';
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
