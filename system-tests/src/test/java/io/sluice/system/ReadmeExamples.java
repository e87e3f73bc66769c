package io.sluice.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs what README shows: each block marked {@code sh} is run by bash as it stands (with the suite's own ports), and when a
 * block marked {@code output} follows, each of its lines must appear in what was printed; {@code …} stands for anything.
 * Blocks that start or test the suite itself are marked {@code bash} and not run here.
 */
final class ReadmeExamples {
    private static final Pattern BLOCK = Pattern.compile(
            "^```sh\\n(.*?)^```\\n(?:\\s*^```output\\n(.*?)^```\\n)?", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("localhost:(\\d{4,5})");

    private final SuiteProcess suite;

    ReadmeExamples(SuiteProcess suite) {
        this.suite = suite;
    }

    /** The examples that do not do what they say; fails when there is none to run. */
    List<String> run(Path readme) throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(readme));
        List<String> failures = new ArrayList<>();
        int count = 0;
        while (matcher.find()) {
            count++;
            check(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2), failures);
        }
        if (count == 0) {
            throw new AssertionError(readme + " has no examples");
        }
        return failures;
    }

    private void check(String script, String expected, List<String> failures) throws IOException {
        Path folder = Files.createTempDirectory("readme");
        Path output = folder.resolve("output");
        String ported =
                PORT.matcher(script).replaceAll(match -> "localhost:" + suite.port(Integer.parseInt(match.group(1))));
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", ported)
                .directory(SuiteProcess.REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SLUICE_HOME", suite.data().toString());
        builder.environment().put("SLUICE_SKIP_BUILD", "true");
        Process process = builder.start();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                failures.add("did not end within 90 s:\n" + script);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        String printed = Files.readString(output);
        if (process.exitValue() != 0) {
            failures.add("exit " + process.exitValue() + ":\n" + script + "-- printed:\n" + printed);
            return;
        }
        for (String line : expected.split("\n")) {
            if (!line.isBlank() && !pattern(line.strip()).matcher(printed).find()) {
                failures.add("no line like '" + line + "':\n" + script + "-- printed:\n" + printed);
            }
        }
    }

    private static Pattern pattern(String line) {
        StringBuilder regex = new StringBuilder();
        for (String part : line.split("…", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }
}
