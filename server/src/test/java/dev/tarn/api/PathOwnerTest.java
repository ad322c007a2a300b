package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathOwnerTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        GET,    /v1/sql/execute,                DATALYNXR, API
        GET,    /v1/streams,                    DATALYNXR, API
        GET,    /v1/features/fetch,             DATALYNXR, API
        GET,    /v1/sqlx,                       DATIXLAB,  API
        GET,    /v1/agents,                     DATIXLAB,  API
        GET,    /v1,                            DATIXLAB,  API
        GET,    /v1/,                           DATIXLAB,  API
        GET,    /v1/%73ql/execute,              DATALYNXR, API
        GET,    /%761/sql/execute,              DATALYNXR, API
        GET,    /v1;a=b/sql;c=d/execute,        DATALYNXR, API
        GET,    /v11/sql,                       TARN,      CONSOLE
        POST,   /api/v1/login,                  DATA_ML,   API
        POST,   /api/v1/login/access-token,     DATA_ML,   OPEN
        POST,   /api/v1/login/access-token/,    DATA_ML,   OPEN
        POST,   /api/v1/login/test-token,       DATA_ML,   API
        POST,   /api/v1/refresh,                DATA_ML,   OPEN
        GET,    /api/v1/logout/,                DATA_ML,   OPEN
        GET,    /api/v1/utils/health-check/,    DATA_ML,   OPEN
        GET,    /api/v1/utils/other,            DATA_ML,   API
        GET,    /api/v1/users/me,               DATA_ML,   API
        GET,    /api/v1/dataset/list,           DATA_ML,   API
        GET,    /api/v1/ray,                    DATA_ML,   API
        GET,    /api/v1/datasets,               DATALINKS, API
        GET,    /api/v1/user/tokens,            DATALINKS, API
        POST,   /api/v1/ingest/new/ns/,         DATALINKS, API
        GET,    /api/v1,                        DATALINKS, API
        POST,   /api/pipeline,                  DATALINKS, API
        GET,    /api/pipeline,                  DRLS,      API
        GET,    /api/pipeline/r1/stream,        DATALINKS, API
        GET,    /api/pipeline/r1/trace,         DATALINKS, API
        POST,   /api/pipeline/r1/hook,          DATALINKS, API
        GET,    /api/pipeline/r1/hook,          DRLS,      API
        POST,   /api/pipeline/start,            DRLS,      API
        POST,   /api/pipeline/r1/stop,          DRLS,      API
        GET,    /api/pipelines/definitions,     DRLS,      API
        GET,    /api/health,                    DRLS,      OPEN
        GET,    /api/health/table,              DRLS,      API
        GET,    /api/config,                    DRLS,      API
        GET,    /api,                           DRLS,      API
        GET,    /notebook/x,                    DRLS,      API
        GET,    /notebooks,                     TARN,      CONSOLE
        GET,    /iceberg/v1/config,             ICEBERG,   API
        GET,    /iceberg,                       TARN,      CONSOLE
        GET,    /tarn/v1/keys,                  TARN,      API
        GET,    /tarn/v1/session,               TARN,      API
        DELETE, /tarn/v1/session,               TARN,      API
        POST,   /tarn/v1/session,               TARN,      OPEN
        POST,   /tarn/v1/session/x,             TARN,      API
        GET,    /tarn,                          TARN,      CONSOLE
        GET,    /livez,                         TARN,      OPERATIONS
        GET,    /readyz,                        TARN,      OPERATIONS
        GET,    /metrics,                       TARN,      API
        GET,    /openapi/drls,                  TARN,      OPERATIONS
        GET,    /,                              TARN,      CONSOLE
        GET,    /assets/index-abc.js,           TARN,      CONSOLE
        GET,    /%zz,                           TARN,      CONSOLE
        """)
    void everyPathHasOneOwner(String method, String path, Contract contract, PathOwner.Area area) {
        assertThat(PathOwner.of(method, path)).isEqualTo(new PathOwner(contract, area));
    }
}
