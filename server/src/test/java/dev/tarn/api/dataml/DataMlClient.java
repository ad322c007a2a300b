package dev.tarn.api.dataml;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Calls as a client of the contract makes them. */
record DataMlClient(RunningServer server) {
    static final String PASSWORD = "NewSecurePassword123";

    /** A new user's name; the e-mail address is that name at example.com. */
    String newUser() {
        String name = "user-" + UUID.randomUUID();
        Reply made = server.post("/api/v1/users/create-user", """
                {"tenant_id": "%s", "email": "%s@example.com", "username": "%s", "password": "%s"}""".formatted(tenantId(), name, name, PASSWORD));
        if (made.status() != 200) {
            throw new AssertionError(made);
        }
        return name;
    }

    String tenantId() {
        return server.admin().tenantId().toString();
    }

    Reply form(String path, String form) {
        return server.send("POST", path, form, "Content-Type", "application/x-www-form-urlencoded");
    }

    Reply login(String name, String password) {
        return form("/api/v1/login/access-token", "username=" + name + "&password=" + password);
    }

    JsonNode tokens(String name) {
        Reply login = login(name, PASSWORD);
        if (login.status() != 200) {
            throw new AssertionError(login);
        }
        return login.json();
    }

    Reply as(String token, String method, String path) {
        return server.send(method, path, null, "Authorization", "Bearer " + token);
    }

    Reply refresh(String token) {
        return server.send("POST", "/api/v1/refresh?refresh_token=" + token, null);
    }
}
