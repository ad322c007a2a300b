package dev.tarn;

import dev.tarn.access.Grant;
import dev.tarn.access.Grants;
import dev.tarn.access.Keys;
import dev.tarn.access.NewGrant;
import dev.tarn.access.NewUser;
import dev.tarn.access.User;
import dev.tarn.access.Users;
import dev.tarn.access.WantedKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A new user of a running server who may read what is granted to it and nothing else. */
public final class LimitedUser {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningServer server;
    private final String name;
    private final String key;

    private LimitedUser(RunningServer server, String name, String key) {
        this.server = server;
        this.name = name;
        this.key = key;
    }

    /** Makes one; without roles it is a Viewer. */
    public static LimitedUser of(RunningServer server, String... roles) {
        String name = "user-" + UUID.randomUUID();
        User user = server.bean(Users.class)
                .create(
                        server.admin(),
                        new NewUser(
                                name,
                                User.Profile.NONE,
                                Optional.empty(),
                                List.of(roles),
                                Optional.empty(),
                                Optional.empty()));
        WantedKey wanted = new WantedKey(
                "test",
                Optional.of(user.id().toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new LimitedUser(
                server,
                name,
                server.bean(Keys.class).create(server.admin(), wanted).secret());
    }

    public String name() {
        return name;
    }

    public String key() {
        return key;
    }

    /** Gives the right to read some columns, all when there are none, of some rows, all when there is no filter. */
    public LimitedUser reads(String table, List<String> columns, @Nullable String rows) {
        grant(name, table, columns, rows);
        return this;
    }

    /** Gives it to somebody else, such as a role. */
    public Grant grant(String to, String table, List<String> columns, @Nullable String rows) {
        return server.bean(Grants.class)
                .create(
                        server.admin(),
                        new NewGrant(
                                to,
                                "select",
                                "table:" + table,
                                Optional.of(columns).filter(some -> !some.isEmpty()),
                                Optional.ofNullable(rows)));
    }

    /** Runs a statement; unqualified tables are in the namespace. */
    public RunningServer.Reply run(String statement, String namespace) {
        return post(
                "/tarn/v1/statements",
                JSON.writeValueAsString(
                        JSON.createObjectNode().put("statement", statement).put("schema", namespace)));
    }

    /** The rows of a statement, as JSON text. */
    public String rows(String statement) {
        RunningServer.Reply reply = run(statement, "default");
        if (reply.status() != 200) {
            throw new AssertionError(statement + ": " + reply.body());
        }
        return reply.json().get("rows").toString();
    }

    public RunningServer.Reply get(String path) {
        return server.send("GET", path, null, "Authorization", "Bearer " + key);
    }

    public RunningServer.Reply post(String path, String json) {
        return send(path, "application/json", json);
    }

    public RunningServer.Reply patch(String path, String json) {
        return server.send("PATCH", path, json, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    /** Posts a body of any kind. */
    public RunningServer.Reply send(String path, String kind, String body) {
        return server.send("POST", path, body, "Authorization", "Bearer " + key, "Content-Type", kind);
    }
}
