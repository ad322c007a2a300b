package dev.tarn.cli.statement;

import dev.tarn.cli.client.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value for {@code :name}, written {@code name=value}, or {@code name:TYPE=value} when the type matters. */
public record ParameterOption(String name, Object value) {
    private static final Pattern FORM =
            Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*)(?::([^=]+))?=(.*)", Pattern.DOTALL);

    /** Throws when the text has another form. */
    public static ParameterOption parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no parameter; write name=value or name:TYPE=value");
        }
        String type = matcher.group(2);
        String value = matcher.group(3);
        return new ParameterOption(
                matcher.group(1), type == null ? value : JsonObject.of("type", type.strip(), "value", value));
    }
}
