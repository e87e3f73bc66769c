package io.sluice.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Random;

/** The rules that keep six services apart and readable; each service's test holds its classes against them. */
public final class Boundaries {
    private static final List<String> SERVICES = List.of("gateway", "image", "metrics", "alerting", "lfs", "optimizer");

    private Boundaries() {}

    /**
     * Checks all classes below {@code io.sluice.{service}}.
     *
     * @param service package name: {@code gateway}, {@code image}, {@code metrics}, {@code alerting}, {@code lfs}, {@code optimizer}
     * @throws AssertionError naming each breach
     */
    public static void check(String service) {
        String root = "io.sluice." + service;
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
        if (classes.isEmpty()) {
            throw new AssertionError("no classes below " + root);
        }
        rules(service).forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private static List<ArchRule> rules(String service) {
        String root = "io.sluice." + service;
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.sluice." + other + "..")
                .toArray(String[]::new);
        return List.of(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others)
                        .because("services meet over REST only"),
                slices().matching(root + ".(*)..").should().beFreeOfCycles(),
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("Handler")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.sluice.platform.database..", "io.vertx.sqlclient..", "java.sql..")
                        .because("the data plane does no persistence"),
                noClasses()
                        .that()
                        .haveSimpleNameNotEndingWith("Store")
                        .and()
                        .haveSimpleNameNotEndingWith("Rows")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.vertx.mutiny.sqlclient..", "java.sql..")
                        .because("only *Store classes touch SQL, and *Rows classes that map what several of them read"),
                noClasses()
                        .that()
                        .haveSimpleNameNotEndingWith("Resource")
                        .and()
                        .haveSimpleNameNotEndingWith("Client")
                        .should()
                        .beAnnotatedWith("jakarta.ws.rs.Path")
                        .because("only *Resource classes touch HTTP"),
                noClasses()
                        .should()
                        .resideInAnyPackage(
                                "..rest..", "..service..", "..util..", "..impl..", "..manager..", "..common..")
                        .because("packages are features"),
                fields().should()
                        .notBeAnnotatedWith("jakarta.inject.Inject")
                        .because("dependencies come through the constructor"),
                fields().that()
                        .areStatic()
                        .should()
                        .notHaveRawType(Random.class)
                        .andShould()
                        .notHaveRawType(java.security.SecureRandom.class)
                        .andShould()
                        .notHaveRawType(Thread.class)
                        .because("native images run static initialisers at build time"),
                noClasses()
                        .should()
                        .callMethod(Class.class, "forName", String.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(java.util.ServiceLoader.class)
                        .because("native images know no class by name"),
                noClasses()
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(java.time.Clock.class, "systemUTC")
                        .because("time is injected"),
                classes()
                        .should()
                        .onlyDependOnClassesThat()
                        .resideOutsideOfPackages("sun..", "com.sun..", "java.awt..", "javax.imageio.."));
    }
}
