package io.sluice.alerting.query;

import com.google.re2j.PatternSyntaxException;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One {@code filter} of Alertmanager: {@code name=value}, {@code !=}, {@code =~}, {@code !~}; the value may be quoted. */
record Matcher(String name, boolean equal, String value, com.google.re2j.@Nullable Pattern pattern) {
    private static final Pattern SYNTAX =
            Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*(.*?)\\s*", Pattern.DOTALL);

    /** @throws IllegalArgumentException with Alertmanager's text */
    static Matcher parse(String text) {
        java.util.regex.Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("bad matcher format: " + text);
        }
        String operator = parts.group(2);
        String value = unquoted(parts.group(3), text);
        return new Matcher(
                parts.group(1), operator.startsWith("="), value, operator.endsWith("~") ? anchored(value) : null);
    }

    /** A regular expression in RE2 syntax that must match the whole text. */
    static com.google.re2j.Pattern anchored(String expression) {
        try {
            return com.google.re2j.Pattern.compile("^(?:" + expression + ")$");
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "error parsing regexp: " + e.getDescription() + ": `" + expression + "`", e);
        }
    }

    /** A label that is absent counts as empty. */
    boolean matches(SortedMap<String, String> labels) {
        String actual = labels.getOrDefault(name, "");
        boolean same = pattern == null ? actual.equals(value) : pattern.matches(actual);
        return same == equal;
    }

    private static String unquoted(String value, String text) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        String inner = quoted ? value.substring(1, value.length() - 1) : value;
        StringBuilder out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '"') {
                throw new IllegalArgumentException("bad matcher format: " + text);
            }
            if (c == '\\' && i + 1 < inner.length() && "\"\\n".indexOf(inner.charAt(i + 1)) >= 0) {
                i++;
                out.append(inner.charAt(i) == 'n' ? '\n' : inner.charAt(i));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
