package io.sluice.image.vips;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NativeMetadataTest {
    private static final Path FILE =
            Path.of("src/main/resources/META-INF/native-image/io.sluice/image-worker/reachability-metadata.json");

    @Test
    void registers_exactly_the_descriptors_that_are_called() throws IOException {
        Set<String> called = Arrays.stream(NativeFunction.values())
                .map(function -> text(function.descriptor()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> registered = new TreeSet<>();
        for (JsonNode downcall : new ObjectMapper().readTree(FILE.toFile()).at("/foreign/downcalls")) {
            StringBuilder text = new StringBuilder(downcall.get("returnType").asText());
            downcall.get("parameterTypes").forEach(type -> text.append(' ').append(type.asText()));
            registered.add(text.toString());
        }
        assertThat(registered).isEqualTo(called);
    }

    private static String text(FunctionDescriptor descriptor) {
        StringBuilder text = new StringBuilder(
                descriptor.returnLayout().map(NativeMetadataTest::type).orElse("void"));
        descriptor.argumentLayouts().forEach(layout -> text.append(' ').append(type(layout)));
        return text.toString();
    }

    private static String type(MemoryLayout layout) {
        return switch (layout) {
            case AddressLayout address -> "void*";
            case ValueLayout.OfInt number -> "int";
            case ValueLayout.OfLong number -> "long";
            default -> throw new AssertionError("no C type for " + layout);
        };
    }
}
