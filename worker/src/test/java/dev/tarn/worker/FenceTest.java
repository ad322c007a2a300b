package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the locked instance itself refuses, should the server's own check of a statement ever let it pass. */
class FenceTest extends WorkerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('/etc/passwd')",
                "select * from read_csv('/no/such/file')",
                "select * from read_text('/etc/passwd')",
                "select * from read_blob('/etc/*')",
                "select * from glob('/etc/*')",
                "select * from sniff_csv('/etc/passwd')",
                "select * from read_parquet('/etc/passwd')",
                "select * from 'http://127.0.0.1/x.csv'",
                "explain select * from read_csv('/etc/passwd')",
                "explain analyze select * from read_csv('/etc/passwd')",
                "copy (select 1) to '/tmp/tarn-fence.csv'",
                "explain copy (select 1) to '/tmp/tarn-fence.csv'",
                "attach '/tmp/tarn-fence.db'",
                "attach ':memory:' as other",
                "install httpfs",
                "load httpfs",
                "set threads = 1",
                "set jdbc_stream_results = false",
                "reset memory_limit",
                "pragma threads = 4",
                "pragma database_list",
                "call pragma_version()",
                "use memory",
                "create table t as select 1",
                "prepare p as select 1",
                "export database '/tmp/tarn-fence'",
                "checkpoint",
                "select 1; select 2",
                "select 1; copy (select 1) to '/tmp/tarn-fence.csv'",
                "explain select 1; copy (select 1) to '/tmp/tarn-fence.csv'"
            })
    void isRefusedWithoutNamingAPath(String sql) throws IOException {
        Failure failure = failure(sql);
        assertThat(failure.kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(failure.message()).doesNotContain("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from '/etc/passwd'", "select getenv('HOME')", "from duckdb_no_such()"})
    void isUnknown(String sql) throws IOException {
        assertThat(failure(sql).kind()).isIn(Kind.UNKNOWN_TABLE, Kind.BINDING);
    }
}
