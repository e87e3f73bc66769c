package io.sluice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ./sluice bench} was asked for.
 *
 * @param names benchmarks to run, in order
 * @param rounds measured rounds of each, at least 1
 * @param seconds length of a round under constant load, at least 1
 * @param photos folder of JPEG photographs to measure levels on; empty for those that are shipped
 */
record Options(List<String> names, int rounds, int seconds, Optional<Path> photos) {
    private static final List<String> KNOWN =
            List.of("gateway", "image", "stored", "control", "selection", "decision", "broadcast", "levels");
    private static final String USAGE =
            "./sluice bench [gateway|image|stored|control|selection|decision|broadcast|levels] [--rounds N] [--seconds N]"
                    + " [--photos FOLDER]";

    Options {
        names = List.copyOf(names);
        if (rounds < 1 || rounds > 100 || seconds < 1 || seconds > 120) {
            throw new CannotMeasure("--rounds must be 1-100 and --seconds 1-120: " + USAGE + ".");
        }
    }

    static Options parse(List<String> arguments) {
        List<String> names = new ArrayList<>();
        int rounds = 5;
        int seconds = 6;
        Optional<Path> photos = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--rounds" -> rounds = number(arguments, ++i);
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--photos" -> photos = Optional.of(folder(arguments, ++i));
                default -> {
                    if (!KNOWN.contains(argument)) {
                        throw new CannotMeasure("There is no benchmark '" + argument + "': " + USAGE + ".");
                    }
                    names.add(argument);
                }
            }
        }
        return new Options(names.isEmpty() ? KNOWN : names, rounds, seconds, photos);
    }

    private static Path folder(List<String> arguments, int index) {
        Path folder = Path.of(index < arguments.size() ? arguments.get(index) : "");
        if (folder.toString().isEmpty() || !Files.isDirectory(folder)) {
            throw new CannotMeasure("--photos takes a folder that exists: " + USAGE + ".");
        }
        return folder;
    }

    private static int number(List<String> arguments, int index) {
        try {
            return Integer.parseInt(arguments.get(index));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new CannotMeasure("--rounds and --seconds take a whole number: " + USAGE + ".", e);
        }
    }
}
