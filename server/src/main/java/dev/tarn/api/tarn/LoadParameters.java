package dev.tarn.api.tarn;

import dev.tarn.loading.LoadRequest;
import dev.tarn.loading.LoadRequest.WantedColumn;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The parameters of a load whose body is the file; a name that is none of these is refused, for it may be a misspelt one. */
final class LoadParameters {
    private static final Set<String> NAMES = Set.of(
            "table",
            "mode",
            "filename",
            "id",
            "columns",
            "add_columns",
            "on_error",
            "rejects_table",
            "once",
            "format",
            "encoding",
            "delimiter",
            "quote",
            "escape",
            "comment",
            "header",
            "skip_lines",
            "decimal",
            "thousands",
            "date_order",
            "null_words",
            "sheet",
            "range");

    private final Map<String, String[]> parameters;
    private final JsonMapper json;

    LoadParameters(HttpServletRequest request, JsonMapper json) {
        this.parameters = request.getParameterMap();
        this.json = json;
        parameters.forEach((name, values) -> {
            if (!NAMES.contains(name)) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "A load has no parameter %s; correct its name".formatted(name));
            }
            if (values.length > 1 && !name.equals("null_words")) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "The parameter %s is given more than once".formatted(name));
            }
        });
    }

    LoadRequest request() {
        String id = text("id");
        return new LoadForm(
                        id == null ? null : uuid(id),
                        text("table"),
                        text("mode"),
                        options(),
                        columns(),
                        truth("add_columns"),
                        text("on_error"),
                        text("rejects_table"),
                        truth("once"))
                .request();
    }

    String fileName() {
        String name = text("filename");
        return name == null || name.isBlank() ? "upload.csv" : name;
    }

    private OptionsForm options() {
        String[] nullWords = parameters.get("null_words");
        return new OptionsForm(
                text("format"),
                text("encoding"),
                text("delimiter"),
                text("quote"),
                text("escape"),
                text("comment"),
                truth("header"),
                number("skip_lines"),
                text("decimal"),
                text("thousands"),
                text("date_order"),
                nullWords == null ? null : Arrays.asList(nullWords),
                text("sheet"),
                text("range"));
    }

    private @Nullable List<WantedColumn> columns() {
        String text = text("columns");
        try {
            return text == null ? null : json.readValue(text, new TypeReference<List<WantedColumn>>() {});
        } catch (JacksonException e) {
            throw wrong("columns", text, "a JSON list of objects with source, name and type", e);
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw wrong("id", text, "a UUID", e);
        }
    }

    private @Nullable Boolean truth(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw wrong(name, text, "true or false", new IllegalArgumentException(name));
        };
    }

    private @Nullable Integer number(String name) {
        String text = text(name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(name, text, "a whole number", e);
        }
    }

    private @Nullable String text(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values[0];
    }

    private static TarnException wrong(String name, @Nullable String text, String wanted, Exception cause) {
        return new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The parameter %s is '%s', which is not %s".formatted(name, text, wanted),
                        cause)
                .with("parameter", name);
    }
}
