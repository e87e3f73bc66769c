package io.sluice.image.isolation;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.platform.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Starts a child: the Java of this process with the class path of the encoder alone, or this very executable when it is a
 * native one, behind limits that the shell sets. It inherits no environment, so no password and no token either.
 */
final class ChildCommand {
    private static final List<String> JAVA = List.of(
            "-Xmx32m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=16m",
            "-XX:-UsePerfData",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:-CreateCoredumpOnCrash",
            "--enable-native-access=ALL-UNNAMED");

    private final List<String> command;

    /** @throws IllegalStateException when this program cannot tell what it consists of */
    ChildCommand(Path library, IsolationConfig config) {
        command = new ArrayList<>(List.of("/bin/sh", "-c", limits(config)));
        command.add(ProcessHandle.current()
                .info()
                .command()
                .orElseThrow(() -> new IllegalStateException("the system does not tell this program's file")));
        if ("runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            command.add(EncodeChild.ARGUMENT);
        } else {
            command.addAll(JAVA);
            command.addAll(List.of("-cp", classPath(), EncodeChild.class.getName()));
        }
        command.add(library.toString());
    }

    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().put("VIPS_WARNING", "1");
        return builder.start();
    }

    /** Data, not address space: a Java machine reserves far more than it uses. No core files: they would hold the image. */
    private static String limits(IsolationConfig config) {
        return "ulimit -c 0 && ulimit -d " + config.memory().asLongValue() / 1024 + " && ulimit -t "
                + Math.max(1, config.cpu().toSeconds()) + " && exec \"$0\" \"$@\"";
    }

    /** Where the classes come from that a child needs; the service's framework is not among them. */
    private static String classPath() {
        Set<String> entries = new LinkedHashSet<>();
        for (Class<?> type : List.of(EncodeChild.class, VariantAddress.class, ProblemException.class)) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            entries.add(Path.of(java.net.URI.create(Objects.requireNonNull(
                                    source == null ? null : source.getLocation(), () -> "no file holds " + type)
                            .toString()))
                    .toString());
        }
        return String.join(java.io.File.pathSeparator, entries);
    }
}
