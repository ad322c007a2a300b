package dev.tarn.api.datalinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharesGoldenTest {
    private final RunningServer server = RunningServer.shared();
    private final String owner = DataLinksClient.newName("owner");
    private final String grace = DataLinksClient.newName("grace");
    private final String space = "shared_" + owner.replace('-', '_');
    private final String movies = "iceberg." + space + ".movies";
    private final String ofDataset = "/api/v1/permissions/datasets/self/" + space + "/movies/shares";
    private final String ofNamespace = "/api/v1/permissions/namespaces/self/" + space + "/shares";

    @SuppressWarnings("NullAway.Init") // people sets it
    private DataLinksClient owning;

    @SuppressWarnings("NullAway.Init") // people sets it
    private DataLinksClient other;

    @BeforeEach
    void people() {
        owning = DataLinksClient.user(server, owner, "DataEngineer");
        other = DataLinksClient.user(server, grace, "Viewer");
        owning.load(movies, "title\nDune\n");
    }

    @Test
    void aDatasetIsSharedToReadThenToWriteAndTakenBack() {
        assertThat(owning.get(ofDataset).body()).isEqualTo("[]");
        assertThat(other.select(movies).status()).isEqualTo(404);

        Reply shared = owning.post(ofDataset, share(grace, "viewer"));
        assertThat(shared.status()).as(shared.toString()).isEqualTo(200);
        assertThat(shared.body()).isEqualTo("[{\"username\":\"" + grace + "\",\"role\":\"viewer\"}]");
        assertThat(other.select(movies).status()).isEqualTo(200);
        assertThat(append(other)).isEqualTo(403);
        assertThat(other.get(ofDataset).status())
                .as("who it is shared with shares it not on")
                .isEqualTo(403);

        assertThat(owning.post(ofDataset, share(grace.toUpperCase(java.util.Locale.ROOT), "editor"))
                        .body())
                .isEqualTo("[{\"username\":\"" + grace + "\",\"role\":\"editor\"}]");
        assertThat(append(other)).isEqualTo(200);
        assertThat(owning.post(ofDataset, share(grace, "viewer")).body()).contains("viewer");
        assertThat(append(other)).isEqualTo(403);

        Reply withdrawn = owning.send("DELETE", ofDataset + "?username=" + grace, null);
        assertThat(withdrawn.status()).isEqualTo(200);
        assertThat(withdrawn.body()).isEmpty();
        assertThat(other.select(movies).status()).isEqualTo(404);
        assertThat(owning.get(ofDataset).body()).isEqualTo("[]");
        assertThat(owning.send("DELETE", ofDataset + "?username=" + grace, null).status())
                .isEqualTo(404);
    }

    @Test
    void aNamespacesShareCoversItsDatasetsThoseToComeToo() {
        assertThat(owning.post(ofNamespace, share(grace, "viewer")).status()).isEqualTo(200);
        assertThat(other.select(movies).status()).isEqualTo(200);
        owning.load("iceberg." + space + ".later", "n\n1\n");
        assertThat(other.select("iceberg." + space + ".later").status()).isEqualTo(200);
        assertThat(owning.get(ofDataset).body()).as("it is the namespace's").isEqualTo("[]");
        Reply withdrawn = owning.send("DELETE", ofNamespace, "{\"username\":\"" + grace + "\"}");
        assertThat(withdrawn.status()).as(withdrawn.toString()).isEqualTo(200);
        assertThat(other.select(movies).status()).isEqualTo(404);
    }

    @Test
    void aShareIsAGrantLikeAnyOther() {
        owning.post(ofDataset, share(grace, "editor"));
        String grants =
                server.get("/tarn/v1/grants?limit=1000&on=table:" + movies).body();
        assertThat(grants).contains(grace, "\"select\"", "\"insert\"", "\"update\"");
        server.post(
                "/tarn/v1/grants",
                "{\"to\":\"%s\",\"verb\":\"select\",\"on\":\"namespace:iceberg.%s\"}".formatted(grace, space));
        assertThat(owning.get(ofNamespace).body()).isEqualTo("[{\"username\":\"" + grace + "\",\"role\":\"viewer\"}]");
    }

    @Test
    void theOwnersNameLeadsThereAndNoOther() {
        assertThat(owning.get(ofDataset.replace("/self/", "/" + owner + "/")).status())
                .isEqualTo(200);
        DataLinksClient admin = new DataLinksClient(server, server.key());
        assertThat(admin.get(ofDataset.replace("/self/", "/" + owner + "/")).status())
                .isEqualTo(200);
        assertThat(admin.get(ofDataset.replace("/self/", "/" + grace + "/")).status())
                .isEqualTo(404);
        assertThat(owning.get(ofNamespace.replace("/self/", "/" + grace + "/")).status())
                .isEqualTo(404);
        DataLinksClient engineer = DataLinksClient.user(server, DataLinksClient.newName("e"), "DataEngineer");
        assertThat(engineer.get(ofDataset).status())
                .as("reads it, and owns it not")
                .isEqualTo(403);
        assertThat(engineer.post(ofNamespace, share(grace, "viewer")).status()).isEqualTo(403);
        DataLinksClient stranger = new DataLinksClient(server, server.keyOfAnotherTenant());
        assertThat(stranger.get(ofDataset.replace("/self/", "/" + owner + "/")).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsRefused() {
        for (String body : List.of(
                "",
                "{}",
                "[]",
                "{\"username\":\"x\"}",
                share(grace, "owner"),
                share(" ", "viewer"),
                share(owner, "viewer"))) {
            Reply reply = owning.post(ofDataset, body);
            assertThat(reply.status()).as(body + reply).isEqualTo(400);
            assertThat(reply.json().propertyNames())
                    .containsExactly("error_code", "message", "error_message", "sub_errors");
        }
        assertThat(owning.post(ofDataset, share("nobody", "viewer")).status()).isEqualTo(404);
        assertThat(owning.get(ofDataset.replace("movies", "music"))
                        .json()
                        .path("error_code")
                        .asString())
                .isEqualTo("UNKNOWN_TABLE");
        assertThat(owning.get(ofNamespace.replace(space, "nowhere"))
                        .json()
                        .path("error_code")
                        .asString())
                .isEqualTo("UNKNOWN_NAMESPACE");
        assertThat(owning.send("DELETE", ofDataset, null).status()).isEqualTo(400);
    }

    private int append(DataLinksClient client) {
        return server.send(
                        "POST",
                        "/tarn/v1/loads?mode=append&filename=d.csv&table=" + movies,
                        "title\nArrival\n",
                        "Authorization",
                        "Bearer " + client.token(),
                        "Content-Type",
                        "text/csv")
                .status();
    }

    private static String share(String username, String role) {
        return "{\"username\":\"%s\",\"role\":\"%s\"}".formatted(username, role);
    }
}
