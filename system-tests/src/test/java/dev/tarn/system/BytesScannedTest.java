package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code bytes_scanned} is what a statement read, each time, of the columns that it read. */
@ExtendWith(SharedServer.class)
class BytesScannedTest {
    private final ServerUnderTest server;
    private final Api api;

    BytesScannedTest(ServerUnderTest server) {
        this.server = server;
        this.api = server.api();
    }

    @BeforeEach
    void aTable() {
        if (!api.exists("scanned.t")) {
            api.loaded(Load.into("scanned.t").of(Csv.of(0, 200_000)));
        }
    }

    @Test
    void isZeroForAStatementThatReadsNoTable() {
        assertThat(scanned("SELECT 1")).isZero();
        assertThat(scanned("SELECT count(*) FROM range(1000)")).isZero();
    }

    @Test
    void isTheSameForTheSameStatement() {
        long first = scanned("SELECT sum(amount) FROM scanned.t");

        assertThat(first).isPositive();
        assertThat(scanned("SELECT sum(amount) FROM scanned.t")).isEqualTo(first);
    }

    @Test
    void isLessForFewerColumns() {
        long one = scanned("SELECT max(id) FROM scanned.t WHERE id % 7 = 3");
        long two = scanned("SELECT max(id), max(name) FROM scanned.t WHERE id % 7 = 3");
        long all = scanned("SELECT max(COLUMNS(*)) FROM scanned.t WHERE id % 7 = 3");

        assertThat(one).isPositive().isLessThan(two);
        assertThat(two).isLessThan(all);
        assertThat(all)
                .isLessThanOrEqualTo(api.get("/tarn/v1/tables/scanned.t")
                        .json()
                        .path("size_bytes")
                        .asLong());
    }

    @Test
    void isTheSameAfterItsWorkersDied() {
        long first = scanned("SELECT sum(amount) FROM scanned.t");

        server.workers().forEach(ProcessHandle::destroyForcibly);

        assertThat(scanned("SELECT sum(amount) FROM scanned.t")).isEqualTo(first);
    }

    private long scanned(String statement) {
        Answer answer = api.sql(statement);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("bytes_scanned").asLong();
    }
}
