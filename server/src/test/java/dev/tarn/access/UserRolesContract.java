package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.database.StoreContract;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles are given and taken away one by one, by several at once. */
abstract class UserRolesContract extends StoreContract {
    private TestAccess test;
    private Caller admin;

    @BeforeAll
    void begin() {
        test = TestAccess.on(database);
        admin = test.admin();
    }

    @AfterAll
    void end() {
        test.close();
    }

    @Test
    void rolesThatAreGivenAtTheSameTimeAllStay() throws Exception {
        Caller user = test.user(admin, "many", "Viewer");
        List<String> roles = List.of("Analyst", "Auditor", "DataEngineer", "Manager");
        try (ExecutorService threads = Executors.newFixedThreadPool(roles.size())) {
            List<Callable<User>> changes = roles.stream()
                    .<Callable<User>>map(
                            role -> () -> test.users().changeRoles(admin, user.userId(), List.of(role), List.of()))
                    .toList();
            for (Future<User> change : threads.invokeAll(changes)) {
                change.get();
            }
        }
        assertThat(test.users().find(admin, "many").roles())
                .containsExactly("Analyst", "Auditor", "DataEngineer", "Manager", "Viewer");
        assertThat(test.users()
                        .changeRoles(admin, user.userId(), List.of("analyst"), List.of("viewer", "Auditor"))
                        .roles())
                .containsExactly("Analyst", "DataEngineer", "Manager");
        AccessContract.assertCode(
                ErrorCode.NOT_FOUND,
                () -> test.users().changeRoles(admin, user.userId(), List.of("Viewer"), List.of("Auditor")));
        AccessContract.assertCode(
                ErrorCode.CONFLICT, () -> test.users().changeRoles(admin, admin.userId(), List.of(), List.of("Admin")));
        AccessContract.assertCode(
                ErrorCode.FORBIDDEN, () -> test.users().changeRoles(user, user.userId(), List.of("Admin"), List.of()));
    }
}
