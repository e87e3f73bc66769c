package io.sluice.gateway.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes small files of MaxMind's format, version 2.0, records of 24 bits, both families (IPv4 at {@code ::/96}). */
final class MmdbWriter {
    private static final byte[] MARKER = {
        (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };
    private static final int SEPARATOR = 16;

    private final List<Node> nodes = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    MmdbWriter() {
        nodes.add(new Node());
    }

    /** Children of a node: another one, or a place in the data. */
    private static final class Node {
        private final @Nullable Node[] nodes = new Node[2];
        private final int[] places = {-1, -1};
    }

    /** Adds a network with its record. */
    MmdbWriter add(String cidr, Map<String, Object> content) {
        int place = data.size();
        encode(content, data);
        Cidr network = Cidr.parse(cidr);
        boolean v4 = network.first().isV4();
        long low = v4 ? network.first().v4() & 0xffff_ffffL : network.first().low();
        Node node = nodes.getFirst();
        for (int at = 0; at < network.length(); at++) {
            int bit = (int) ((at < 64 ? network.first().high() >>> (63 - at) : low >>> (127 - at)) & 1);
            if (at == network.length() - 1) {
                node.places[bit] = place;
            } else {
                Node next = node.nodes[bit];
                if (next == null) {
                    next = new Node();
                    nodes.add(next);
                    node.nodes[bit] = next;
                }
                node = next;
            }
        }
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (Node node : nodes) {
            for (int bit = 0; bit < 2; bit++) {
                Node child = node.nodes[bit];
                int record = child != null
                        ? nodes.indexOf(child)
                        : nodes.size() + (node.places[bit] < 0 ? 0 : SEPARATOR + node.places[bit]);
                number(record, 3, file);
            }
        }
        file.writeBytes(new byte[SEPARATOR]);
        file.writeBytes(data.toByteArray());
        file.writeBytes(MARKER);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", nodes.size());
        metadata.put("record_size", (short) 24);
        metadata.put("ip_version", (short) 6);
        metadata.put("database_type", "Test-Country");
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", (short) 2);
        metadata.put("binary_format_minor_version", (short) 0);
        metadata.put("build_epoch", 1_795_000_000L);
        metadata.put("description", Map.of("en", "test"));
        encode(metadata, file);
        return file.toByteArray();
    }

    void write(Path file) throws IOException {
        Files.write(file, bytes());
    }

    private static void encode(Object value, ByteArrayOutputStream out) {
        switch (value) {
            case Map<?, ?> map -> {
                out.write(7 << 5 | map.size());
                map.forEach((key, inner) -> {
                    encode(key, out);
                    encode(inner, out);
                });
            }
            case List<?> list -> {
                out.write(list.size());
                out.write(11 - 7);
                list.forEach(inner -> encode(inner, out));
            }
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.write(2 << 5 | bytes.length);
                out.writeBytes(bytes);
            }
            case Short number -> {
                out.write(5 << 5 | 2);
                number(number, 2, out);
            }
            case Integer number -> {
                out.write(6 << 5 | 4);
                number(number, 4, out);
            }
            case Long number -> {
                out.write(8);
                out.write(9 - 7);
                number(number, 8, out);
            }
            default -> throw new IllegalArgumentException("no type for " + value);
        }
    }

    private static void number(long number, int bytes, ByteArrayOutputStream out) {
        for (int at = bytes - 1; at >= 0; at--) {
            out.write((int) (number >>> (8 * at)));
        }
    }
}
