package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads that are cut off, repeated, or come together. */
@ExtendWith(SharedServer.class)
class LoadRequestsTest {
    private final ServerUnderTest server;
    private final Api api;

    LoadRequestsTest(ServerUnderTest server) {
        this.server = server;
        this.api = server.api();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "end", "reset chunked", "end chunked"})
    void anUploadThatIsCutOffLeavesTheTableAndNothingBehind(String how) {
        String table = "requests.cut_" + how.replace(' ', '_');
        api.loaded(Load.into(table).of(Csv.of(0, 10)));
        Set<Path> before = server.tables().present();
        Load append = Load.into(table).mode("append");
        try (Upload upload =
                how.contains("chunked") ? Upload.chunked(api, append) : Upload.ofLength(api, append, 50_000_000)) {
            upload.send(Csv.of(10, 20_000));
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the upload arrives",
                    () -> !uploads().isEmpty());

            if (how.startsWith("reset")) {
                upload.reset();
            } else {
                upload.end();
                assertThat(upload.answer()).doesNotStartWith("HTTP/1.1 2").doesNotStartWith("HTTP/1.1 5");
            }
        }

        Eventually.within(
                Duration.ofSeconds(10),
                "nothing is left of the upload",
                () -> uploads().isEmpty() && server.tables().openWrites().isEmpty());
        assertThat(server.tables().present()).isEqualTo(before);
        assertThat(api.count(table)).isEqualTo(10);
    }

    @Test
    void loadsThatAppendTogetherLoseNothing() {
        api.loaded(Load.into("requests.together").of(Csv.of(0, 100)));

        List<Answer> answers = Api.atOnce(IntStream.range(1, 9)
                .<Callable<Answer>>mapToObj(i -> () ->
                        api.load(Load.into("requests.together").mode("append").of(Csv.of(i * 100L, (i + 1) * 100L))))
                .toList());

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(api.count("requests.together")).isEqualTo(900);
        assertThat(api.sql("SELECT count(DISTINCT id) FROM requests.together")
                        .value()
                        .asLong())
                .isEqualTo(900);
        assertThat(answers.stream()
                        .map(answer -> answer.json().path("snapshot_id").asString()))
                .doesNotHaveDuplicates();
    }

    @Test
    void ofLoadsThatMakeOneTableTogetherOneMakesIt() {
        List<Answer> answers = Api.atOnce(IntStream.range(0, 4)
                .<Callable<Answer>>mapToObj(i ->
                        () -> api.load(Load.into("requests.made").of(Csv.of(i * 1000L, i * 1000L + 500 + i))))
                .toList());

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200)).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("already_exists");
        });
        long rows = answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow()
                .json()
                .path("rows")
                .asLong();
        assertThat(api.count("requests.made")).isEqualTo(rows);
        server.tables().assertNothingMissingAndNoOrphans();
    }

    @Test
    void aTableThatExistsIsNotMadeAgain() {
        api.loaded(Load.into("requests.twice").of(Csv.of(0, 5)));

        Answer answer = api.load(Load.into("requests.twice").of(Csv.of(0, 7)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("already_exists");
        assertThat(api.count("requests.twice")).isEqualTo(5);
    }

    @Test
    void replaceTakesTheFilesRowsAndColumns() {
        api.loaded(Load.into("requests.replaced").of(Csv.of(0, 50)));

        api.loaded(Load.into("requests.replaced").mode("replace").of("id,other\n7,x\n8,y\n"));

        Answer answer = api.sql("SELECT * FROM requests.replaced ORDER BY id");
        assertThat(answer.columnNames()).containsExactly("id", "other");
        assertThat(answer.rows()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "replace"})
    void aTableThatDoesNotExistIsNeitherGrownNorReplaced(String mode) {
        Answer answer = api.load(Load.into("requests.nowhere").mode(mode).of(Csv.of(0, 5)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(api.exists("requests.nowhere")).isFalse();
    }

    @Test
    void theSameIdempotencyKeyGivesTheFirstAnswerAndLoadsNothingTwice() {
        api.loaded(Load.into("requests.once").of(Csv.of(0, 5)));
        Load append =
                Load.into("requests.once").mode("append").once("requests-once").of(Csv.of(5, 10));

        Answer first = api.load(append);
        Answer second = api.load(append);

        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(second.status()).as(second.toString()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(api.count("requests.once")).isEqualTo(10);
    }

    @Test
    void anIdempotencyKeyIsGoodForOneRequestOnly() {
        api.loaded(Load.into("requests.first").once("requests-conflict").of(Csv.of(0, 5)));

        Answer otherTable =
                api.load(Load.into("requests.second").once("requests-conflict").of(Csv.of(0, 5)));
        Answer otherBody =
                api.load(Load.into("requests.first").once("requests-conflict").of(Csv.of(0, 6)));

        assertThat(List.of(otherTable, otherBody)).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("idempotency_conflict");
        });
        assertThat(api.exists("requests.second")).isFalse();
        assertThat(api.count("requests.first")).isEqualTo(5);
    }

    @Test
    void aLoadThatFailedCanBeSentAgainWithItsIdempotencyKey() {
        assertThat(api.load(Load.into("requests.again").once("requests-again").of("a,b\n1\n"))
                        .status())
                .isEqualTo(400);

        Answer answer =
                api.load(Load.into("requests.again").once("requests-again").of("a,b\n1,2\n"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(api.count("requests.again")).isEqualTo(1);
    }

    /** What the scratch space holds of uploads. */
    private List<Path> uploads() {
        try (Stream<Path> files = Files.list(server.home().resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("load-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
