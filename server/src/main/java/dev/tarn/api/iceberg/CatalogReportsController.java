package dev.tarn.api.iceberg;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableReports;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.ReportMetricsRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What clients say of their scans and commits. */
@RestController
class CatalogReportsController {
    /** A scan of 5,000 columns names each. */
    private static final int LONGEST = 1 << 20;

    private final TableReports reports;
    private final CatalogJson json;
    private final CatalogAnswers answers;

    CatalogReportsController(TableReports reports, CatalogJson json, CatalogAnswers answers) {
        this.reports = reports;
        this.json = json;
        this.answers = answers;
    }

    @PostMapping("/iceberg/v1/{prefix}/namespaces/{namespace}/tables/{table}/metrics")
    ResponseEntity<byte[]> report(Caller caller, HttpServletRequest request, @RequestBody byte[] body) {
        TableIdentifier identifier = CatalogPath.of(request).identifier();
        if (body.length > LONGEST) {
            throw new TarnException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "A report has %,d bytes at most, and this one has %,d".formatted(LONGEST, body.length));
        }
        ReportMetricsRequest wanted = json.read(body, ReportMetricsRequest.class);
        return answers.nothing(() -> reports.add(caller, identifier, wanted.report()));
    }
}
