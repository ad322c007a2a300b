package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer.Reply;
import dev.tarn.TenantUnderTest.RunningStatement;
import dev.tarn.contracts.ContractFile;
import dev.tarn.contracts.ExampleCheck;
import dev.tarn.contracts.Isolation;
import dev.tarn.contracts.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every served operation of every contract, against every way of not being allowed: no key, garbage, an expired and a
 * revoked one, tokens of a login and of an identity provider likewise, and a second tenant's things in every place that names one. It is generated from {@code x-tarn-isolation};
 * the head of {@code contracts/tarn.yaml} tells how.
 */
class IsolationMatrixTest {
    @SuppressWarnings("NullAway.Init") // beforeAll sets it
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init") // beforeAll sets it
    private static TenantUnderTest own;

    @SuppressWarnings("NullAway.Init") // beforeAll sets it
    private static TenantUnderTest other;

    @SuppressWarnings("NullAway.Init") // beforeAll sets it
    private static IsolationCredentials credentials;

    @BeforeAll
    static void twoTenants() {
        IsolationCredentials.ShiftedClock clock = new IsolationCredentials.ShiftedClock();
        server = RunningServer.start(clock, "tarn.outbound.allow-private=127.0.0.0/8");
        credentials = new IsolationCredentials(server, clock);
        own = new TenantUnderTest(server, server.key(), "ownword");
        other = new TenantUnderTest(server, server.keyOfAnotherTenant(), "otherword");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Served> served() {
        return ContractFile.all().stream()
                .flatMap(file -> file.operations().stream()
                        .filter(operation -> operation.state().handled())
                        .map(operation -> new Served(file, operation)))
                .toList();
    }

    static Stream<ForeignCase> foreignCases() {
        return served().stream()
                .flatMap(served ->
                        served.isolation().foreign().stream().map(foreign -> new ForeignCase(served, foreign)));
    }

    @Test
    void everyOperationThatIsServedIsInTheMatrix() {
        Set<String> inTheMatrix = served().stream()
                .flatMap(
                        served -> Stream.concat(Stream.of(served.operation.path()), served.operation.aliases().stream())
                                .map(path -> served.operation.method() + " " + anonymous(path)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(handlers())
                .as("handlers, and operations with x-tarn-isolation")
                .isEqualTo(inTheMatrix);
        assertThat(served())
                .allSatisfy(served -> assertThat(served.operation.isolation()).isPresent());
    }

    @ParameterizedTest
    @MethodSource("served")
    void theRightRequestWithTheRightKeyIsAnswered(Served served) {
        try (Things things = new Things(own)) {
            Reply reply = served.right(things, own.key()).send(server, "Bearer " + own.key());

            assertThat(reply.status()).as(reply.toString()).isBetween(200, 399);
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void noKeyAWrongAnExpiredAndARevokedOneAreRefused(Served served) {
        List<@Nullable String> wrong = new ArrayList<>();
        wrong.add(null);
        wrong.addAll(List.of(
                "",
                "Bearer",
                "Bearer garbage",
                "Bearer " + own.key().substring(0, own.key().length() - 1),
                "Bearer " + own.key() + "x",
                "Basic " + own.key()));
        credentials.worthless().forEach(token -> wrong.add("Bearer " + token));
        for (String authorization : wrong) {
            try (Things things = new Things(own)) {
                Reply reply = served.right(things, own.key()).send(server, authorization);

                if (served.operation.open()) {
                    assertThat(reply.status()).as(authorization + ": " + reply).isBetween(200, 399);
                } else {
                    assertRefused(served, authorization, reply);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void aWrongKeyInsideTheRequestIsRefused(Served served) {
        if (!served.request().hasCredentialInside()) {
            return;
        }
        List<String> all = new ArrayList<>(credentials.worthless());
        all.addAll(List.of("", "garbage", own.key() + "x"));
        for (String wrong : all) {
            try (Things things = new Things(own)) {
                assertRefused(served, wrong, served.right(things, wrong).send(server, null));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("foreignCases")
    void anotherTenantsThingIsNotThere(ForeignCase foreign) {
        try (Things mine = new Things(own);
                Things theirs = new Things(other)) {
            String value = IsolationRequest.fill(foreign.entry.value(), theirs::thing);
            IsolationRequest request = foreign.served
                    .request()
                    .merged(foreign.entry)
                    .at(foreign.entry, "{foreign}")
                    .filled(kind -> kind.equals("foreign") ? value : foreignOrMine(foreign.entry, kind, mine, theirs));
            String before = other.everything();

            Reply reply = request.send(server, "Bearer " + own.key());

            assertThat(reply.status()).as(request + " -> " + reply).isEqualTo(foreign.entry.expect());
            assertNoWordOfTheOther(request, reply);
            assertThat(other.everything()).isEqualTo(before);
            assertThat(theirs.stillRun()).isTrue();
        }
    }

    /** By a key, a login's token and an identity provider's alike. The things are the administrator's; with {@code -Dtarn.matrix.learn=FILE} what happened is written down instead. */
    @ParameterizedTest
    @MethodSource("served")
    void theRolesMayWhatTheContractSays(Served served) throws IOException {
        Map<String, String> happened = new LinkedHashMap<>();
        credentials.holders().forEach(holder -> {
            try (Things things = new Things(own)) {
                // Whatever it shows in the header, inside a request only a key is one.
                Reply reply = served.right(things, holder.key()).send(server, "Bearer " + credentials.bearer(holder));
                happened.put(
                        holder.toString(),
                        switch (reply.status()) {
                            case 401, 403 -> "forbidden";
                            case 404 -> "hidden";
                            default -> reply.status() < 400 ? "allowed" : reply.toString();
                        });
            }
        });
        String learn = System.getProperty("tarn.matrix.learn");
        if (learn != null) {
            Files.writeString(
                    Path.of(learn),
                    served + "\t" + happened + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return;
        }
        Map<String, String> expected = new LinkedHashMap<>();
        credentials
                .holders()
                .forEach(holder -> expected.put(
                        holder.toString(), served.isolation().may(holder.role()).orElse("not told")));
        assertThat(happened).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("served")
    void noAnswerToTheRightRequestTellsOfTheOtherTenant(Served served) {
        if (served.isolation().operator()) {
            return;
        }
        try (Things things = new Things(own)) {
            IsolationRequest request = served.right(things, own.key());

            assertNoWordOfTheOther(request, request.send(server, "Bearer " + own.key()));
        }
    }

    /** A table name that goes with a foreign schema is the other tenant's too: that is where it would be found. */
    private static String foreignOrMine(Isolation.Foreign entry, String kind, Things mine, Things theirs) {
        return kind.equals("table_name") && entry.kind().equals("namespace") ? theirs.thing(kind) : mine.thing(kind);
    }

    private static void assertRefused(Served served, @Nullable String credential, Reply reply) {
        String what = served + " with " + credential + " -> " + reply;
        // Data-ML tells a wrong credential from none.
        String status = served.file.name().equals("data-ml") && credential != null ? "403" : "401";
        JsonNode documented =
                served.file.resolve(served.operation.node().path("responses").path(status));
        assertThat(Integer.toString(reply.status())).as(what).isEqualTo(status);
        if (served.operation.method().equals("HEAD")) {
            return; // no body, and nothing more to say
        }
        String type = reply.header("Content-Type").replaceFirst(";.*", "");
        assertThat(documented.path("content").propertyNames()).as(what).contains(type);
        ExampleCheck check = new ExampleCheck(served.file);
        check.value(status, documented.path("content").path(type).path("schema"), reply.json());
        assertThat(check.problems()).as(what).isEmpty();
        assertThat(reply.header("X-Request-Id")).as(what).isNotEmpty();
    }

    /** What the caller wrote itself may be repeated; nothing else. */
    private static void assertNoWordOfTheOther(IsolationRequest request, Reply reply) {
        String told = reply.body() + reply.headers().map();
        assertThat(other.words())
                .as(request + " -> " + reply)
                .filteredOn(word -> !request.toString().contains(word))
                .noneMatch(told::contains);
        assertThat(told).doesNotContain(other.key());
    }

    private static Set<String> handlers() {
        return server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + anonymous(path))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String anonymous(String path) {
        return path.replaceAll("\\{[^}]+}", "{}");
    }

    /** An operation that has a handler. */
    record Served(ContractFile file, Operation operation) {
        Isolation isolation() {
            return operation.isolation().orElseThrow(() -> new AssertionError(operation + " has no x-tarn-isolation"));
        }

        IsolationRequest request() {
            isolation();
            return IsolationRequest.right(operation);
        }

        IsolationRequest right(Things things, String credential) {
            return request().filled(kind -> kind.equals("credential") ? credential : things.thing(kind));
        }

        @Override
        public String toString() {
            return file.name() + ": " + operation;
        }
    }

    /** One place of one operation. */
    record ForeignCase(Served served, Isolation.Foreign entry) {
        @Override
        public String toString() {
            return served + ", " + entry.place() + " " + entry.name();
        }
    }

    /** Things of one tenant for one case; what was started ends with it, and uploads go. */
    static final class Things implements AutoCloseable {
        private final TenantUnderTest tenant;
        private final List<RunningStatement> statements = new ArrayList<>();
        private final List<RunningLoad> loads = new ArrayList<>();
        private final List<String> uploads = new ArrayList<>();

        Things(TenantUnderTest tenant) {
            this.tenant = tenant;
        }

        String thing(String kind) {
            if (kind.equals("running_load")) {
                loads.add(RunningLoad.start(tenant));
                return loads.getLast().id();
            }
            if (kind.equals("upload")) {
                uploads.add(tenant.thing(kind));
                return uploads.getLast();
            }
            if (!kind.equals("statement")) {
                return tenant.thing(kind);
            }
            RunningStatement statement = tenant.newStatement();
            statements.add(statement);
            return statement.id();
        }

        boolean stillRun() {
            return statements.stream().allMatch(RunningStatement::runs)
                    && loads.stream().allMatch(RunningLoad::runs);
        }

        @Override
        public void close() {
            statements.forEach(RunningStatement::close);
            loads.forEach(RunningLoad::close);
            uploads.forEach(tenant::drop); // of these only so many may be kept
        }
    }
}
