package dev.tarn.docs;

import dev.tarn.platform.ErrorCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorPagesTest {
    @Test
    void errorsPageSaysWhatTheCodeSays() throws IOException {
        StringBuilder page = new StringBuilder("""
                <!-- Generated from ErrorCode. Write it anew with ./build docs. -->

                # Errors

                Every failure has one of these codes, whatever contract it is answered in; each contract shows it in its own
                shape. A code that may be retried means that the same request can succeed later.

                | code | status | may be retried |
                |---|---|---|
                """);
        for (ErrorCode code : ErrorCode.values()) {
            page.append("| `%s` | %d | %s |%n".formatted(code.code(), code.status(), code.retryable() ? "yes" : ""));
        }
        GeneratedPage.check("errors.md", page.toString());
    }
}
