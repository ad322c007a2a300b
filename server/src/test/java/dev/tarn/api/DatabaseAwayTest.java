package dev.tarn.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** A database that is busy or away is nobody's mistake, and the same request may succeed later. */
class DatabaseAwayTest {
    @Test
    void itIsToldAsWhatItIs() {
        for (RuntimeException away : List.of(
                new CannotAcquireLockException("SQLITE_BUSY"),
                new DataAccessResourceFailureException("08006"),
                new CannotCreateTransactionException("no connection"),
                new CannotGetJdbcConnectionException("none", new SQLTransientConnectionException()))) {
            assertThat(Failures.of(new IllegalStateException(away)).code())
                    .as(away.toString())
                    .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        }
        assertThat(Failures.of(new DuplicateKeyException("twice")).code()).isEqualTo(ErrorCode.INTERNAL);
    }
}
