package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A native image knows only the classes that it was told of. Every record of the contracts that a service uses is read or
 * written as JSON somewhere, so each must be registered; one that was forgotten would be written as {@code {}} by a native
 * image alone, where no other test looks.
 */
class NativeReachabilityTest {
    /** Records that never become JSON. */
    private static final Set<String> NOT_JSON = Set.of(
            "io.sluice.contracts.image.Recipe",
            "io.sluice.contracts.image.VariantAddress",
            "io.sluice.contracts.image.Area",
            "io.sluice.contracts.image.Padding",
            "io.sluice.contracts.image.Gravity$Focus",
            "io.sluice.contracts.directive.Mix$Place",
            "io.sluice.contracts.directive.DirectiveLease",
            "io.sluice.contracts.directive.DirectiveLease$InForce",
            "io.sluice.contracts.directive.DirectiveInbox$Receipt");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cdn-gateway, gateway",
        "image-worker, image",
        "metrics-service, metrics",
        "alerting-service, alerting",
        "lfs-tracker, lfs",
        "optimizer-service, optimizer"
    })
    void every_record_of_the_contracts_in_use_is_registered(String module, String feature) throws IOException {
        Path sources = SuiteProcess.REPOSITORY.resolve(module).resolve("target/native-sources");
        boolean made = Files.exists(sources);
        if (!made && !Boolean.getBoolean("sluice.native.required")) {
            Assumptions.abort("the native augmentation has not run: ./sluice test runs it");
        }
        assertThat(registered(sources)).containsAll(used(module, feature));
    }

    private static Set<String> registered(Path sources) throws IOException {
        Set<String> names = new TreeSet<>();
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> jars = Files.walk(sources)) {
            List<Path> all = jars.filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
                    .toList();
            assertThat(all).as("runner jar in " + sources).hasSize(1);
            try (var jar = java.nio.file.FileSystems.newFileSystem(all.getFirst());
                    Stream<Path> entries = Files.walk(jar.getPath("/META-INF/native-image"))) {
                for (Path entry : entries.filter(file -> file.toString().endsWith(".json"))
                        .toList()) {
                    collect(json.readTree(Files.readString(entry)), names);
                }
            }
        }
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isObject()) {
            for (String key : List.of("name", "type")) {
                if (node.path(key).isTextual()) {
                    names.add(node.path(key).asText());
                }
            }
        }
        node.forEach(child -> collect(child, names));
    }

    private static Set<String> used(String module, String feature) {
        JavaClasses classes = new ClassFileImporter()
                .importPath(SuiteProcess.REPOSITORY.resolve(module).resolve("target/classes"));
        Set<String> used = new TreeSet<>();
        for (JavaClass type : classes) {
            assertThat(type.getPackageName()).startsWith("io.sluice." + feature);
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getName().startsWith("io.sluice.contracts.") && target.isRecord())
                    .map(JavaClass::getName)
                    .filter(name -> !NOT_JSON.contains(name))
                    .forEach(used::add);
        }
        return used;
    }
}
