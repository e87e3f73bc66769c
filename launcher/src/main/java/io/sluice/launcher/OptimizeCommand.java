package io.sluice.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./sluice optimize}: what optimizer-service's API says and takes, for people. */
final class OptimizeCommand {
    private static final String USAGE =
            "./sluice optimize status, or ./sluice optimize level 2 --for 30m --reason \"..\""
                    + " [--axis egress|origin|compute|availability] [--scope global] [--confirm] [--immediate].";

    private final Running running;
    private final Api api;

    OptimizeCommand(Layout layout) {
        running = Running.of(layout);
        api = new Api(running.secrets().token("operator"));
    }

    void run(List<String> arguments) throws IOException {
        switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "status" -> status();
            case "level" -> level(arguments.subList(1, arguments.size()));
            default -> throw new Remedy("Say what: " + USAGE);
        }
    }

    private void status() throws IOException {
        JsonNode status = call("GET", "/api/v1/status", null);
        System.out.printf(
                "%-24s %6s %6s %6s %6s  %-10s %s%n", "scope", "egress", "origin", "comp.", "avail.", "applied", "why");
        for (JsonNode scope : status.path("scopes")) {
            JsonNode axes = scope.path("axes");
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %6.2f %6.2f %6.2f %6.2f  %-10s %s%n",
                    scope.path("scope").asText(),
                    axes.path("egress").asDouble(),
                    axes.path("origin").asDouble(),
                    axes.path("compute").asDouble(),
                    axes.path("availability").asDouble(),
                    scope.path("applied").asInt() + " of "
                            + scope.path("audience").asInt(),
                    scope.path("reason").path("text").asText());
        }
        for (JsonNode override : status.path("overrides")) {
            System.out.printf(
                    "%s %s of %s at %s until %s by %s: %s%n",
                    override.path("kind").asText(),
                    override.path("level").asText(),
                    override.path("axis").asText(),
                    override.path("scope").asText(),
                    override.path("expiresAt").asText(),
                    override.path("actor").asText(),
                    override.path("reason").asText());
        }
        JsonNode freeze = status.path("freeze");
        if (freeze.isObject()) {
            System.out.printf(
                    "frozen until %s by %s: %s%n",
                    freeze.path("expiresAt").asText(),
                    freeze.path("actor").asText(),
                    freeze.path("reason").asText());
        }
    }

    private void level(List<String> arguments) throws IOException {
        Map<String, Object> body = override(arguments);
        JsonNode outcome = call("POST", "/api/v1/overrides", body);
        if (!outcome.path("generation").isNumber()) {
            System.out.println("Taken; another optimizer issues it within its next round.");
            return;
        }
        String where = outcome.path("scope").asText() + "/"
                + outcome.path("generation").asText();
        JsonNode rollout = call("GET", "/api/v1/rollouts/" + where + "?wait=PT30S", null);
        System.out.printf(
                "%s: generation %s, %s, %d of %d receivers have it%n",
                outcome.path("scope").asText(),
                outcome.path("generation").asText(),
                rollout.path("state").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
                rollout.path("applied").asInt(),
                rollout.path("audience").asInt());
    }

    /** The body of the call; the service checks what it means. */
    static Map<String, Object> override(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new Remedy("Say which level: " + USAGE);
        }
        Map<String, Object> body = new LinkedHashMap<>(Map.of("axis", "egress", "kind", "PIN"));
        try {
            body.put("level", Double.parseDouble(arguments.getFirst()));
        } catch (NumberFormatException e) {
            throw new Remedy("A level is a number of 0 to 4: " + USAGE, e);
        }
        for (int i = 1; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--confirm") || name.equals("--immediate")) {
                body.put(name.substring(2), true);
                continue;
            }
            if (i + 1 == arguments.size()) {
                throw new Remedy(name + " needs a value: " + USAGE);
            }
            String value = arguments.get(++i);
            switch (name) {
                case "--for" -> body.put("ttl", duration(value).toString());
                case "--reason" -> body.put("reason", value);
                case "--axis" -> body.put("axis", value);
                case "--scope" -> body.put("scope", value);
                default -> throw new Remedy("There is no " + name + ": " + USAGE);
            }
        }
        return body;
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new Remedy("--for takes a time such as 30m or 1h30m.", e);
        }
    }

    private JsonNode call(String method, String path, @org.jspecify.annotations.Nullable Object body)
            throws IOException {
        Api.Answer answer = api.send(method, running.service(Service.OPTIMIZER_SERVICE, path), body);
        if (answer.status() >= 400) {
            StringBuilder why = new StringBuilder(answer.json().path("detail").asText());
            answer.json()
                    .path("errors")
                    .forEach(error -> why.append(' ')
                            .append(error.path("field").asText())
                            .append(' ')
                            .append(error.path("message").asText())
                            .append('.'));
            throw new Remedy(why.toString());
        }
        return answer.json();
    }
}
