package io.sluice.alerting.email;

import io.sluice.alerting.message.Message;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A message as subject, plain text and HTML. */
final class EmailText {
    private EmailText() {}

    /** As Alertmanager's: {@code [FIRING:1] Name (values of the other common labels)}. */
    static String subject(Message message) {
        String status = message.firing() ? "FIRING:" + message.count("firing") : "RESOLVED";
        String names = String.join(" ", message.groupLabels().values());
        String others = message.commonLabels().entrySet().stream()
                .filter(label -> !message.groupLabels().containsKey(label.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        String subject = "[" + status + "] " + names + (others.isEmpty() ? "" : " (" + others + ")");
        return subject.replaceAll("\\p{Cntrl}", " ").trim();
    }

    static String plain(Message message) {
        StringBuilder out = new StringBuilder();
        for (Message.Item alert : message.alerts()) {
            out.append('[')
                    .append(alert.status())
                    .append("] since ")
                    .append(alert.startsAt())
                    .append('\n');
            lines(out, alert.labels());
            lines(out, alert.annotations());
            if (!alert.generatorURL().isEmpty()) {
                out.append("  source: ").append(alert.generatorURL()).append('\n');
            }
            out.append('\n');
        }
        return out.append("Sent by Sluice, ")
                .append(message.externalURL())
                .append('\n')
                .toString();
    }

    static String html(Message message) {
        StringBuilder out = new StringBuilder("<!doctype html><html><body>");
        for (Message.Item alert : message.alerts()) {
            out.append("<h3>").append(escaped(alert.status())).append(" since ").append(escaped(alert.startsAt()));
            out.append("</h3><table>");
            rows(out, alert.labels());
            rows(out, alert.annotations());
            out.append("</table>");
            if (alert.generatorURL().matches("https?://.*")) {
                out.append("<p><a href=\"")
                        .append(escaped(alert.generatorURL()))
                        .append("\">Source</a></p>");
            }
        }
        return out.append("<p>Sent by Sluice, ")
                .append(escaped(message.externalURL()))
                .append("</p></body></html>")
                .toString();
    }

    private static void lines(StringBuilder out, SortedMap<String, String> pairs) {
        pairs.forEach((name, value) ->
                out.append("  ").append(name).append(": ").append(value).append('\n'));
    }

    private static void rows(StringBuilder out, SortedMap<String, String> pairs) {
        pairs.forEach((name, value) -> out.append("<tr><td>")
                .append(escaped(name))
                .append("</td><td>")
                .append(escaped(value))
                .append("</td></tr>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
