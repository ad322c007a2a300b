package dev.tarn.api.datalinks;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tarn.api.IsoTime;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a page of the usage history ended. It comes back in any of the forms that clients make of a nested parameter: {@code
 * pageCursor[lastStartTime]=}, a JSON text, or flat.
 *
 * @param lastStartTime when the last entry was
 * @param lastObservationId its id
 */
record UsageCursor(
        @JsonProperty("lastStartTime") String lastStartTime,
        @JsonProperty("lastObservationId") String lastObservationId) {
    private static final String PARAMETER = "pageCursor";
    private static final String TIME = "lastStartTime";
    private static final String ID = "lastObservationId";

    /**
     * What a request asks for.
     *
     * @param keysOnly the published client sends the names of the cursor's fields without their values. Nobody can know which page
     *     it means: it gets the first one again, and no cursor, so that it does not go round for ever
     */
    record Wanted(Optional<UsageCursor> cursor, boolean keysOnly) {}

    /** The cursor after the place of the list, {@code TIME ID}. */
    static UsageCursor of(String place) {
        String[] parts = place.split(" ", 2);
        return new UsageCursor(parts[0], parts[1]);
    }

    String place() {
        return IsoTime.of(TIME, lastStartTime) + " " + lastObservationId;
    }

    static Wanted of(HttpServletRequest request, JsonMapper json) {
        String[] given = request.getParameterValues(PARAMETER);
        List<String> values = given == null ? List.of() : List.of(given);
        if (!values.isEmpty() && Set.of(TIME, ID).containsAll(values)) {
            return new Wanted(Optional.empty(), true);
        }
        Optional<UsageCursor> asJson = values.stream()
                .filter(value -> !value.isBlank() && !value.strip().equals("null"))
                .findFirst()
                .map(value -> parsed(value, json));
        return new Wanted(
                asJson.or(() -> pair(
                                request.getParameter(PARAMETER + "[" + TIME + "]"),
                                request.getParameter(PARAMETER + "[" + ID + "]")))
                        .or(() -> pair(
                                request.getParameter(PARAMETER + "." + TIME),
                                request.getParameter(PARAMETER + "." + ID)))
                        .or(() -> pair(request.getParameter(TIME), request.getParameter(ID))),
                false);
    }

    private static UsageCursor parsed(String text, JsonMapper json) {
        try {
            JsonNode node = json.readTree(text);
            return pair(
                            node.path(TIME).asStringOpt().orElse(null),
                            node.path(ID).asStringOpt().orElse(null))
                    .orElseThrow(() -> UsageHistoryController.unknownCursor(Optional.empty()));
        } catch (JacksonException e) {
            throw UsageHistoryController.unknownCursor(Optional.of(e));
        }
    }

    private static Optional<UsageCursor> pair(@Nullable String time, @Nullable String id) {
        boolean noTime = time == null || time.isBlank();
        boolean noId = id == null || id.isBlank();
        if (noTime && noId) {
            return Optional.empty();
        }
        if (time == null || id == null || noTime || noId) {
            throw UsageHistoryController.unknownCursor(Optional.empty());
        }
        return Optional.of(new UsageCursor(time, id));
    }
}
