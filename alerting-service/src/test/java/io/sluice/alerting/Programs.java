package io.sluice.alerting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of others that tests talk to when they are installed. */
final class Programs {
    private Programs() {}

    /** Its path; without it the test is skipped, and says why. */
    static String path(String program, String debianPackage) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path file = Path.of(folder).resolve(program);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        String reason = program + " is not installed (Debian's package " + debianPackage + " has it)";
        System.out.println("skipped: " + reason);
        return Assumptions.abort(reason);
    }

    /** What it printed, both streams; fails when it does not end with 0 within 20 s. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(20, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + (ended ? " failed: " : " did not end: ") + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
