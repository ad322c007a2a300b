package dev.tarn.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object in its own order. Members that are absent or of another type read as null, zero or empty. */
public record JsonObject(Map<String, @Nullable Object> members) {

    /** Pairs of name and value. */
    public static JsonObject of(@Nullable Object... pairs) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return new JsonObject(members);
    }

    /** Pairs of name and value, without those that have no value. */
    public static JsonObject given(@Nullable Object... pairs) {
        JsonObject object = of(pairs);
        object.members.values().removeIf(Objects::isNull);
        return object;
    }

    public @Nullable Object value(String name) {
        return members.get(name);
    }

    public @Nullable String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    public String text(String name, String otherwise) {
        return members.get(name) instanceof String text ? text : otherwise;
    }

    public long number(String name) {
        return members.get(name) instanceof JsonNumber number ? number.asLong() : 0;
    }

    /** A number as a fraction, or 0. */
    public double decimal(String name) {
        return members.get(name) instanceof JsonNumber number ? Double.parseDouble(number.literal()) : 0;
    }

    public boolean truth(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** The elements of a list of texts. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                texts.add(String.valueOf(element));
            }
        }
        return texts;
    }

    public @Nullable JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : null;
    }

    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }
}
