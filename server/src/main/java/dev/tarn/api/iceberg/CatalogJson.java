package dev.tarn.api.iceberg;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.util.Optional;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The protocol's JSON, as Iceberg's own library writes and reads it, over the Jackson that it is made for. */
@Component
class CatalogJson {
    private static final int DEEPEST = 200;
    private static final int LONGEST_REASON = 300;

    private final ObjectMapper mapper = new ObjectMapper();
    private final LoadedTables tables = new LoadedTables(mapper);

    CatalogJson() {
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        mapper.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
        RESTSerializers.registerAll(mapper);
    }

    /**
     * What a body says.
     *
     * @throws TarnException {@code INVALID_JSON}, {@code INVALID_REQUEST}
     */
    <T> T read(byte[] body, Class<T> type) {
        if (!isObject(body)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The body is no JSON object; send what the operation takes");
        }
        try {
            return mapper.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new TarnException(
                    ErrorCode.INVALID_JSON, "The body cannot be read: " + reason(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new TarnException(ErrorCode.INVALID_JSON, "The body cannot be read as JSON in UTF-8", e);
        } catch (RuntimeException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The body is not what this operation takes: " + reason(e.getMessage()),
                    e);
        }
    }

    private static boolean isObject(byte[] body) {
        for (byte one : body) {
            if (one != ' ' && one != '\n' && one != '\r' && one != '\t') {
                return one == '{';
            }
        }
        return false;
    }

    private static String reason(@Nullable String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }

    byte[] write(Object answer) {
        try {
            Optional<byte[]> known =
                    answer instanceof LoadTableResponse table ? tables.answer(table) : Optional.empty();
            return known.isPresent() ? known.get() : mapper.writeValueAsBytes(answer);
        } catch (IOException e) {
            throw new IllegalStateException("An answer cannot be written", e);
        }
    }
}
