package dev.tarn.sql;

import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the audit trail says of statements: the text's beginning, the hash of all of it, and how it ended. A statement that
 * writes has an entry of its commit besides, which names the table.
 */
final class StatementAudit {
    private static final int SHOWN = 1_000;
    private static final int MOST_TABLES = 100;

    private final Audit audit;

    StatementAudit(Audit audit) {
        this.audit = audit;
    }

    /** One statement until its end. */
    final class Begun {
        private final Caller caller;
        private final String verb;
        private final StatementRequest request;

        private Begun(Caller caller, String verb, StatementRequest request) {
            this.caller = caller;
            this.verb = verb;
            this.request = request;
        }

        void completed(UUID id, long rows, long bytesScanned, List<String> tables, long elapsedMs) {
            Map<String, Object> details = details(elapsedMs);
            details.put("rows", rows);
            details.put("bytes_scanned", bytesScanned);
            details.put("tables", tables.stream().limit(MOST_TABLES).toList());
            audit.recordSoon(caller, verb, Resource.statement(id.toString()), Audit.Outcome.DONE, details);
        }

        void failed(UUID id, TarnException failure, long elapsedMs) {
            Map<String, Object> details = details(elapsedMs);
            details.put("error", failure.code().code());
            Audit.Outcome outcome = failure.code() == ErrorCode.FORBIDDEN ? Audit.Outcome.DENIED : Audit.Outcome.FAILED;
            audit.recordSoon(caller, verb, Resource.statement(id.toString()), outcome, details);
        }

        private Map<String, Object> details(long elapsedMs) {
            String sql = request.bound().sql();
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("contract", request.contract());
            details.put("sql", sql.length() > SHOWN ? sql.substring(0, SHOWN) : sql);
            details.put("sql_sha256", sha256(sql));
            details.put("elapsed_ms", elapsedMs);
            return details;
        }
    }

    Begun begun(Caller caller, String verb, StatementRequest request) {
        return new Begun(caller, verb, request);
    }

    void cancelled(Caller caller, UUID id) {
        audit.recordSoon(caller, "cancel", Resource.statement(id.toString()), Audit.Outcome.DONE, Map.of());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
