package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/uploads}, and loads to watch, to cancel, to repeat and to look back at. */
class LoadListGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final String ABSENT = "/tarn/v1/uploads/01939e4c-5a20-7000-8000-00000000000c";

    private static String newTable() {
        return "iceberg.u" + UUID.randomUUID().toString().replace("-", "") + ".people";
    }

    private static String rows(String table, String what) {
        return SERVER.post("/tarn/v1/statements", "{\"statement\": \"select %s from %s\"}".formatted(what, table))
                .json()
                .get("rows")
                .toString();
    }

    private static Reply send(String path, HttpRequest.BodyPublisher body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + SERVER.key();
        return SERVER.sendBody("POST", path, body, all);
    }

    private static JsonNode upload(String csv) {
        Reply reply = send(
                "/tarn/v1/uploads?filename=people.csv",
                HttpRequest.BodyPublishers.ofString(csv),
                "Content-Type",
                "text/csv");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json();
    }

    private static Reply form(String path, String... namesAndTexts) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            form.append("--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(namesAndTexts[i], namesAndTexts[i + 1]));
        }
        form.append("--xx--\r\n");
        return send(
                path,
                HttpRequest.BodyPublishers.ofString(form.toString()),
                "Content-Type",
                "multipart/form-data; boundary=xx");
    }

    @Test
    void anUploadIsKeptUntilItIsLoaded() {
        JsonNode upload = upload("id,name\n1,Ada\n");
        assertThat(List.copyOf(upload.propertyNames()))
                .containsExactly("id", "files", "bytes", "sha256", "created_at", "expires_at");
        assertThat(upload.get("files")).hasToString("[{\"name\":\"people.csv\",\"bytes\":14}]");
        assertThat(upload.get("bytes").asLong()).isEqualTo(14);
        assertThat(upload.get("sha256").asString()).hasSize(64);
        String path = "/tarn/v1/uploads/" + upload.get("id").asString();
        assertThat(SERVER.get(path).json()).isEqualTo(upload);

        String table = newTable();
        UUID id = UUID.randomUUID();
        Reply loaded = SERVER.post(
                "/tarn/v1/loads",
                "{\"upload\": \"%s\", \"id\": \"%s\", \"table\": \"%s\", \"options\": {\"header\": true}}"
                        .formatted(upload.get("id").asString(), id, table));
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        assertThat(loaded.json().get("id").asString()).isEqualTo(id.toString());
        assertThat(rows(table, "*")).isEqualTo("[[1,\"Ada\"]]");
        assertThat(SERVER.get(path).status()).isEqualTo(404);
        assertThat(SERVER.post(
                                "/tarn/v1/loads",
                                "{\"upload\": \"%s\", \"table\": \"%s\"}"
                                        .formatted(upload.get("id").asString(), table))
                        .status())
                .isEqualTo(404);
        assertThat(SERVER.post("/tarn/v1/loads", "{\"table\": \"%s\"}".formatted(table))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aLoadThatFailsLeavesItsUpload() {
        JsonNode upload = upload("id\n1\n2,3\n");
        String body = "{\"upload\": \"%s\", \"table\": \"%s\"}"
                .formatted(upload.get("id").asString(), newTable());
        Reply refused = SERVER.post("/tarn/v1/loads", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("file").asString()).isEqualTo("people.csv");
        String path = "/tarn/v1/uploads/" + upload.get("id").asString();
        assertThat(SERVER.get(path).status()).isEqualTo(200);
        assertThat(SERVER.delete(path).status()).isEqualTo(204);
        assertThat(SERVER.delete(path).status()).isEqualTo(404);
        assertThat(SERVER.get(ABSENT).status()).isEqualTo(404);

        JsonNode failed = SERVER.get("/tarn/v1/loads?state=failed&limit=1")
                .json()
                .get("loads")
                .get(0);
        assertThat(failed.get("error").get("code").asString()).isEqualTo("bad_row");
        assertThat(failed.get("error").get("line").asLong()).isEqualTo(3);
        assertThat(failed.get("snapshot_id").isNull()).isTrue();
    }

    @Test
    void aFormOfFilesIsTakenInOneByOne() {
        Reply upload = form("/tarn/v1/uploads", "a.csv", "id\n1\n", "sub/b.csv", "id\n2\n");
        assertThat(upload.status()).as(upload.body()).isEqualTo(201);
        assertThat(upload.json().get("files"))
                .hasToString("[{\"name\":\"a.csv\",\"bytes\":5},{\"name\":\"sub/b.csv\",\"bytes\":5}]");
        SERVER.delete("/tarn/v1/uploads/" + upload.json().get("id").asString());

        String table = newTable();
        Reply loaded = form("/tarn/v1/loads?table=" + table, "a.csv", "id\n1\n");
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        assertThat(loaded.json().get("file_name").asString()).isEqualTo("a.csv");
        assertThat(form("/tarn/v1/uploads").status()).isEqualTo(400);
    }

    @Test
    void aBodyThatWasCompressedOnItsWayIsUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("id\n7\n".getBytes(StandardCharsets.UTF_8));
        }
        String table = newTable();
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray());
        Reply loaded = send("/tarn/v1/loads?table=" + table, body, "Content-Encoding", "gzip");
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        assertThat(rows(table, "id")).isEqualTo("[[7]]");
        assertThat(send("/tarn/v1/loads?table=" + newTable(), body, "Content-Encoding", "br")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void theSameBytesAreLoadedOnceWhenThatIsAsked() {
        String table = newTable();
        JsonNode first = once(table, "create", "id\n1\n").json();
        Reply again = once(table, "create", "id\n1\n");

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json().get("id")).isEqualTo(first.get("id"));
        assertThat(again.json().get("repeated").asBoolean()).isTrue();
        assertThat(once(table, "append", "id\n1\n").json().get("repeated").asBoolean())
                .isFalse();
        assertThat(once(table, "append", "id\n1\n").json().get("repeated").asBoolean())
                .isTrue();
        assertThat(rows(table, "count(*)")).isEqualTo("[[2]]");
        assertThat(once(table, "replace", "id\n2\n").json().get("repeated").asBoolean())
                .isFalse();
        assertThat(once(table, "append", "id\n1\n").json().get("repeated").asBoolean())
                .isFalse();
        assertThat(rows(table, "sum(id)")).isEqualTo("[[3]]");
        assertThat(once(table, "create", "id\n9\n").json().get("code").asString())
                .isEqualTo("already_exists");
    }

    private static Reply once(String table, String mode, String csv) {
        return send(
                "/tarn/v1/loads?once=true&mode=%s&table=%s".formatted(mode, table),
                HttpRequest.BodyPublishers.ofString(csv),
                "Content-Type",
                "text/csv");
    }

    @Test
    void twoOfTheSameAtOnceGiveOne() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        List<CompletableFuture<Reply>> both = List.of(
                CompletableFuture.supplyAsync(() -> once(table, "append", "id\n2\n")),
                CompletableFuture.supplyAsync(() -> once(table, "append", "id\n2\n")));
        List<JsonNode> answers =
                both.stream().map(future -> future.join().json()).toList();

        assertThat(answers.get(0).get("id")).isEqualTo(answers.get(1).get("id"));
        assertThat(answers)
                .extracting(answer -> answer.get("repeated").asBoolean())
                .containsExactlyInAnyOrder(true, false);
        assertThat(rows(table, "count(*)")).isEqualTo("[[2]]");
    }

    @Test
    void aRunningLoadIsListedAndCancelled() throws InterruptedException {
        UUID id = UUID.randomUUID();
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(() -> send(
                "/tarn/v1/loads?filename=slow.csv&id=%s&table=%s".formatted(id, newTable()),
                HttpRequest.BodyPublishers.ofInputStream(() -> new SlowBody(end)),
                "Content-Type",
                "text/csv"));
        String path = "/tarn/v1/loads/" + id;
        for (int i = 0; i < 100 && SERVER.get(path).status() != 200; i++) {
            Thread.sleep(50);
        }
        assertThat(SERVER.get("/tarn/v1/loads?state=receiving&user=me")
                        .json()
                        .get("loads")
                        .toString())
                .contains(id.toString());
        assertThat(SERVER.delete(path).status()).isEqualTo(204);
        end.countDown();
        Reply cancelled = answer.join();

        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(409);
        assertThat(cancelled.json().get("detail").asString()).isEqualTo("The load was cancelled");
        assertThat(SERVER.get(path).json().get("state").asString()).isEqualTo("cancelled");
        assertThat(SERVER.delete(path).status()).isEqualTo(404);
        assertThat(SERVER.get(path + "/rejects").status()).isEqualTo(404);
    }

    /** A file whose rows come one by one, for as long as somebody reads. */
    private static final class SlowBody extends InputStream {
        private final CountDownLatch end;
        private InputStream line = new ByteArrayInputStream("id\n".getBytes(StandardCharsets.UTF_8));

        SlowBody(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            int next = line.read();
            if (next >= 0 || end.getCount() == 0) {
                return next;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
            line = new ByteArrayInputStream("1\n".repeat(5_000).getBytes(StandardCharsets.UTF_8));
            return line.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int first = read();
            if (first < 0) {
                return -1;
            }
            target[offset] = (byte) first;
            return 1 + Math.max(0, line.read(target, offset + 1, length - 1));
        }
    }

    @Test
    void theListIsPagedNewestFirst() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        SampleTables.load(SERVER, table, "append", "id\n2\n");
        SampleTables.load(SERVER, table, "append", "id\n3\n");
        String path = "/tarn/v1/loads?user=all&limit=2&table=" + table;
        JsonNode first = SERVER.get(path).json();
        JsonNode second = SERVER.get(
                        path + "&cursor=" + first.get("next_cursor").asString())
                .json();

        assertThat(first.get("loads")).hasSize(2);
        assertThat(second.get("loads")).hasSize(1);
        assertThat(second.get("next_cursor").isNull()).isTrue();
        assertThat(second.get("loads").get(0).get("mode").asString()).isEqualTo("create");
        assertThat(SERVER.get("/tarn/v1/loads?state=lost").status()).isEqualTo(400);
        assertThat(SERVER.get("/tarn/v1/loads?user=bob").status()).isEqualTo(400);
        assertThat(SERVER.get("/tarn/v1/loads?cursor=abc").status()).isEqualTo(400);
    }
}
