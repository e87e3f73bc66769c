package io.sluice.alerting.query;

import io.sluice.alerting.groups.RouteConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The route and receiver as Alertmanager's configuration file says them; addresses are left out as secrets. */
final class ConfigYaml {
    private ConfigYaml() {}

    static String of(RouteConfig route, String[] channels) {
        List<String> on = Arrays.asList(channels);
        StringBuilder yaml = new StringBuilder();
        yaml.append("route:\n");
        yaml.append("  receiver: ").append(quoted(route.receiver())).append('\n');
        yaml.append("  group_by: [")
                .append(route.groupBy().stream().map(ConfigYaml::quoted).collect(Collectors.joining(", ")))
                .append("]\n");
        yaml.append("  group_wait: ").append(duration(route.groupWait())).append('\n');
        yaml.append("  group_interval: ")
                .append(duration(route.groupInterval()))
                .append('\n');
        yaml.append("  repeat_interval: ")
                .append(duration(route.repeatInterval()))
                .append('\n');
        yaml.append("receivers:\n- name: ").append(quoted(route.receiver())).append('\n');
        if (on.contains("webhook")) {
            yaml.append("  webhook_configs:\n  - url: 'http://<secret>'\n    send_resolved: true\n");
        }
        if (on.contains("email")) {
            yaml.append("  email_configs:\n  - to: '<secret>'\n    from: '<secret>'\n");
            yaml.append("    smarthost: 'localhost:25'\n    send_resolved: true\n");
        }
        return yaml.toString();
    }

    private static String duration(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
