package io.sluice.launcher;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Commands of {@code ./sluice} that need the launcher. A {@link Remedy} is printed as one sentence; the exit code is 1. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> arguments = Arrays.asList(args);
        try {
            run(
                    arguments.isEmpty() ? "help" : arguments.getFirst(),
                    arguments.stream().skip(1).toList());
        } catch (Remedy e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("The suite does not answer: ./sluice up starts it.");
            System.exit(1);
        }
    }

    private static void run(String command, List<String> arguments) throws IOException {
        Layout layout = Layout.find();
        switch (command) {
            case "up" -> UpCommand.run(layout, arguments);
            case "status" -> new StatusCommand(layout).run();
            case "demo" -> DemoCommand.run(layout, arguments);
            case "token" -> System.out.println(Running.of(layout).secrets().token(role(arguments)));
            case "edge" -> new StatusCommand(layout).edge(arguments);
            case "optimize" -> new OptimizeCommand(layout).run(arguments);
            case "service" -> new StatusCommand(layout).service(arguments);
            default -> throw new Remedy("There is no command '" + command + "': see ./sluice help.");
        }
    }

    private static String role(List<String> arguments) {
        String role = arguments.isEmpty() ? "operator" : arguments.getFirst();
        if (!List.of("viewer", "operator", "service").contains(role)) {
            throw new Remedy("A token is of viewer, operator or service, not '" + role + "'.");
        }
        return role;
    }
}
