package dev.tarn.api.dataml;

import dev.tarn.access.NewUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one request, asked for one by one; {@link #check} then refuses all that do not fit at once, as the framework
 * does. A null is as absent where a field may be absent.
 *
 * @param place where the fields are said to be: body, query
 * @param whole what is shown as the input of a field that is missing
 */
record Fields(
        String place,
        Map<String, JsonNode> values,
        @Nullable Object whole,
        Problems problems) {

    /** A field that must be there; the answer counts only after {@link #check}. */
    String text(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            problems.missing(whole, place, name);
            return "";
        }
        return checkedText(name, value);
    }

    /** A field that may be absent. */
    Optional<String> optionalText(String name) {
        JsonNode value = values.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(checkedText(name, value));
    }

    private String checkedText(String name, JsonNode value) {
        if (!value.isString()) {
            problems.notText(place, name, value);
            return "";
        }
        return value.asString();
    }

    /** A list of texts that may be absent. */
    List<String> texts(String name) {
        JsonNode value = values.get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            problems.notList(place, name, value);
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isString()) {
                texts.add(value.get(i).asString());
            } else {
                problems.notTextAt(place, name, i, value.get(i));
            }
        }
        return texts;
    }

    /** An id that must be there. */
    UUID id(String name) {
        int before = problems.count();
        String text = text(name);
        if (problems.count() == before) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                problems.notUuid(place, name, text);
            }
        }
        return new UUID(0, 0);
    }

    /** A password that must be there and have a length that a password may have. */
    String password(String name) {
        int before = problems.count();
        String text = text(name);
        if (problems.count() == before && text.length() < NewUser.SHORTEST_PASSWORD) {
            problems.tooShort(place, name, NewUser.SHORTEST_PASSWORD);
        }
        if (text.length() > NewUser.LONGEST_PASSWORD) {
            problems.tooLong(place, name, NewUser.LONGEST_PASSWORD);
        }
        return text;
    }

    /** Fails when a field did not fit. */
    void check() {
        problems.check();
    }
}
