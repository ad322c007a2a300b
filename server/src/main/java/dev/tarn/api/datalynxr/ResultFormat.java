package dev.tarn.api.datalynxr;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The forms of a result, the first one for who does not care. */
enum ResultFormat {
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv"),
    ARROW("application/vnd.apache.arrow.stream");

    private final String type;

    ResultFormat(String type) {
        this.type = type;
    }

    String contentType() {
        return this == CSV ? type + ";charset=UTF-8" : type;
    }

    /**
     * The form that an Accept header wants most.
     *
     * @throws TarnException {@code INVALID_REQUEST} when it wants none of them
     */
    static ResultFormat accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return JSON;
        }
        return types(header).stream()
                .flatMap(wanted -> Arrays.stream(values())
                        .filter(format -> wanted.isCompatibleWith(MediaType.parseMediaType(format.type))))
                .findFirst()
                .orElseThrow(() -> unknown(header));
    }

    private static List<MediaType> types(String header) {
        try {
            return MediaType.parseMediaTypes(header).stream()
                    .filter(wanted -> wanted.getQualityValue() > 0)
                    .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                            .reversed())
                    .toList();
        } catch (InvalidMediaTypeException e) {
            throw unknown(header);
        }
    }

    private static TarnException unknown(String header) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "Accept is one of %s, not %s"
                        .formatted(
                                String.join(
                                        ", ",
                                        Arrays.stream(values())
                                                .map(format -> format.type)
                                                .toList()),
                                header));
    }
}
