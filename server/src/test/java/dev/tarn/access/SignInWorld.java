package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Users who sign in, from addresses, for the tests of signing in. */
final class SignInWorld implements AutoCloseable {
    static final String PASSWORD = "two quiet rivers";

    final TestAccess test;
    final AccessParts parts;
    final Caller admin;
    private int users;

    SignInWorld(Database database) {
        this.test = TestAccess.on(database);
        this.parts = test.parts;
        this.admin = test.admin();
    }

    /** A new user with {@link #PASSWORD}; the e-mail address is the name at example.com. */
    User user() {
        users++;
        String name = "reader-" + users;
        return parts.users()
                .create(
                        admin,
                        new NewUser(
                                name,
                                new User.Profile(
                                        Optional.of(name + "@example.com"), Optional.empty(), Optional.empty()),
                                Optional.of(PASSWORD),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));
    }

    IssuedTokens signIn(User user) {
        return parts.loginTokens().signIn(from("10.0.0.1"), user.name(), PASSWORD);
    }

    static Caller from(String address) {
        return new Caller.Anonymous(new Caller.Origin("r", address));
    }

    Caller callerOf(String access) {
        return parts.credentials().authenticate(access, Caller.Origin.LOCAL);
    }

    boolean opens(String access) {
        return opens(parts, access);
    }

    static boolean opens(AccessParts at, String access) {
        try {
            at.credentials().authenticate(access, Caller.Origin.LOCAL);
            return true;
        } catch (TarnException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            return false;
        }
    }

    /** The failure of a call that must fail. */
    static TarnException failure(ThrowingCallable call) {
        TarnException[] failure = new TarnException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(TarnException.class, e -> failure[0] = e);
        return failure[0];
    }

    /** How long a refused sign-in is told to wait. */
    static long waitSeconds(TarnException failure) {
        assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        return (Long) failure.details().getOrDefault("retry_after_secs", -1L);
    }

    List<Map<String, Object>> rows(Database database, String sql) {
        return database.client().sql(sql).query().listOfRows();
    }

    @Override
    public void close() {
        test.close();
    }
}
