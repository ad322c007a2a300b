package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsersAndRolesTest {
    private static final String BOB = """
            {"id":"u2","number":2,"name":"bob","email":null,"roles":["Viewer","Support"],"active":true,"operator":false,\
            "created_at":"2026-11-27T10:00:00Z"}""";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun.Result tarn(String... arguments) {
        return CommandRun.against(server).run(arguments);
    }

    private CommandRun.Result typing(String input, String... arguments) {
        return CommandRun.against(server).typing(input).run(arguments);
    }

    private String sent(String method, String path) {
        return server.requests(method, path).getLast().body();
    }

    @Test
    void aUserIsMadeWithAPasswordThatIsOnNoCommandLineAndInNoOutput() {
        server.answer("POST", "/tarn/v1/users", 201, BOB);

        var made = typing("p ä ss\r\nmore", "users", "add", "bob", "--role", "Viewer", "--password-stdin");

        assertThat(made.out()).isEqualTo("User bob is made, with Viewer, Support.\n");
        assertThat(made.err()).isEmpty();
        assertThat(sent("POST", "/tarn/v1/users"))
                .isEqualTo("{\"name\":\"bob\",\"roles\":[\"Viewer\"],\"password\":\"p ä ss\"}");
    }

    @Test
    void aUserOfAnotherTenantWithoutAPassword() {
        server.answer("POST", "/tarn/v1/users", 201, BOB);
        server.answer("GET", "/tarn/v1/tenants", 200, "{\"tenants\":[{\"id\":\"t2\",\"name\":\"acme\"}]}");

        var made = tarn(
                "users",
                "add",
                "bob",
                "--role",
                "Viewer",
                "--role",
                "Auditor",
                "--tenant",
                "acme",
                "--email",
                "b@x",
                "--first-name",
                "B",
                "--last-name",
                "C",
                "--no-password",
                "--json");

        assertThat(made.out()).isEqualTo(BOB + "\n");
        assertThat(sent("POST", "/tarn/v1/users"))
                .isEqualTo(
                        "{\"name\":\"bob\",\"roles\":[\"Viewer\",\"Auditor\"],\"email\":\"b@x\",\"first_name\":\"B\","
                                + "\"last_name\":\"C\",\"tenant\":\"t2\"}");
        assertThat(tarn("users", "add", "x", "--tenant", "nowhere", "--no-password")
                        .exitCode())
                .isEqualTo(4);
    }

    @Test
    void withoutAPasswordNothingIsSent() {
        assertThat(tarn("users", "add", "bob", "--role", "Viewer").err())
                .isEqualTo(
                        "tarn: There is no terminal to ask for the password; give --password-stdin or --no-password.\n");
        assertThat(typing("\nsecond line", "users", "add", "bob", "--password-stdin"))
                .isEqualTo(new CommandRun.Result(2, "", "tarn: Standard input has no password.\n"));
        assertThat(tarn("users", "add", "bob", "--password-stdin", "--no-password")
                        .exitCode())
                .isEqualTo(2);
        assertThat(tarn("users", "add", "bob", "--password", "geheim").exitCode())
                .isEqualTo(2);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void usersAreListed() {
        server.answer("GET", "/tarn/v1/users", 200, "{\"users\":[" + BOB + "],\"next_cursor\":null}");

        assertThat(tarn("users", "list", "--search", "b b").out()).isEqualTo("""
                 name | email | roles           | state  | signs in at | created
                ------+-------+-----------------+--------+-------------+----------------------
                 bob  |       | Viewer, Support | active |             | 2026-11-27T10:00:00Z
                """);
        assertThat(server.requests("GET", "/tarn/v1/users").getFirst().query()).containsEntry("q", "b b");
        assertThat(tarn("users", "list", "--json").out()).isEqualTo("{\"users\":[" + BOB + "]}\n");
    }

    @Test
    void usersAreDisabledAndEnabled() {
        server.answer("PATCH", "/tarn/v1/users/b/b", 200, BOB);

        assertThat(tarn("users", "disable", "b/b").out()).startsWith("User b/b is disabled");
        assertThat(sent("PATCH", "/tarn/v1/users/b/b")).isEqualTo("{\"active\":false}");
        assertThat(tarn("users", "enable", "b/b", "--json").out()).isEqualTo(BOB + "\n");
        assertThat(sent("PATCH", "/tarn/v1/users/b/b")).isEqualTo("{\"active\":true}");
        assertThat(tarn("users", "disable", "nobody").exitCode()).isEqualTo(4);
    }

    @Test
    void rolesAreGivenAndTakenAway() {
        server.answer("PATCH", "/tarn/v1/users/bob/roles", 200, BOB);

        assertThat(tarn("users", "role", "bob", "--add", "Support", "--remove", "Analyst")
                        .out())
                .isEqualTo("User bob now has Viewer, Support.\n");
        assertThat(sent("PATCH", "/tarn/v1/users/bob/roles"))
                .isEqualTo("{\"add\":[\"Support\"],\"remove\":[\"Analyst\"]}");
        assertThat(tarn("users", "role", "bob").exitCode()).isEqualTo(2);
        server.refuse("PATCH", "/tarn/v1/users/bob/roles", 404, "not_found", "bob does not have the role Admin.");
        assertThat(tarn("users", "role", "bob", "--remove", "Admin").exitCode()).isEqualTo(4);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void passwordsAreChanged() {
        server.answer("PUT", "/tarn/v1/users/bob/password", 204, "");

        var changed = typing("new\n", "users", "password", "bob", "--password-stdin");

        assertThat(changed.out()).isEqualTo("User bob has another password.\n");
        assertThat(sent("PUT", "/tarn/v1/users/bob/password")).isEqualTo("{\"password\":\"new\"}");
        assertThat(typing("new\n", "users", "password", "bob", "--password-stdin", "--json")
                        .out())
                .isEqualTo("{\"name\":\"bob\",\"password_changed\":true}\n");
    }

    @Test
    void rolesOfOnesOwn() {
        server.answer("GET", "/tarn/v1/roles", 200, """
                {"roles":[{"name":"Admin","built_in":true,"members":1,"description":"All of it"},\
                {"name":"Support","built_in":false,"members":1200,"description":null}]}""");
        server.answer("POST", "/tarn/v1/roles", 201, "{\"name\":\"Support\",\"built_in\":false,\"members\":0}");

        assertThat(tarn("roles", "list").out())
                .contains(" Admin   | yes      |       1 | All of it", " Support | no       |   1,200 |\n");
        assertThat(tarn("roles", "add", "Support").out()).startsWith("Role Support is made.");
        assertThat(sent("POST", "/tarn/v1/roles")).isEqualTo("{\"name\":\"Support\"}");
        assertThat(tarn("roles", "remove", "Support").out()).isEqualTo("Role Support is removed.\n");
        assertThat(server.requests("DELETE", "/tarn/v1/roles/Support")).hasSize(1);
        assertThat(tarn("roles").err()).startsWith("tarn: Missing one of list, add, remove.");
    }
}
