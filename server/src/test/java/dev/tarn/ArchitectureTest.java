package dev.tarn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of architecture.md, and of style.md what a machine can check. */
class ArchitectureTest {
    private static final Path ROOT = RunningServer.root();
    private static final int LONGEST_FILE = 400;

    /** A package uses only rows above its own, and packages of one row do not see each other. */
    private static final Map<String, Integer> ROWS = Map.ofEntries(
            Map.entry("platform", 0),
            Map.entry("access", 1),
            Map.entry("storage", 2),
            Map.entry("jobs", 2),
            Map.entry("usage", 2),
            Map.entry("delivery", 2),
            Map.entry("language", 2),
            Map.entry("catalog", 3),
            Map.entry("backup", 3),
            Map.entry("adoption", 4),
            Map.entry("engine", 4),
            Map.entry("sql", 5),
            Map.entry("upkeep", 5),
            Map.entry("loading", 5),
            Map.entry("datasets", 6),
            Map.entry("streams", 7),
            Map.entry("features", 7),
            Map.entry("links", 7),
            Map.entry("learning", 7),
            Map.entry("pipelines", 8),
            Map.entry("questions", 8),
            Map.entry("assistant", 9),
            Map.entry("notebooks", 9),
            Map.entry("api", 10),
            Map.entry("api.datalynxr", 11),
            Map.entry("api.datixlab", 11),
            Map.entry("api.drls", 11),
            Map.entry("api.datalinks", 11),
            Map.entry("api.dataml", 11),
            Map.entry("api.iceberg", 11),
            Map.entry("api.tarn", 11),
            Map.entry("api.mcp", 11));

    /** Beside the rows: the application itself sees everything. */
    private static final int APPLICATION = 12;

    /** What somebody without a credential does to get one. */
    private static final Set<String> OPEN_TO_ALL = Set.of("SignIn.withKey", "SignIn.withPassword");

    private static JavaClasses server;

    @BeforeAll
    static void read() {
        server = new ClassFileImporter().importPath(ROOT.resolve("server/target/classes"));
    }

    @Test
    void aPackageUsesOnlyRowsAboveItsOwn() {
        classes().should(useOnlyRowsAbove()).check(server);
    }

    @Test
    void onlyAModulesRootPackageIsPublic() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("dev.tarn", "dev.tarn.platform.."),
                                ROWS.keySet().stream().map(module -> "dev.tarn." + module))
                        .toArray(String[]::new))
                .check(server);
    }

    @Test
    void aFacadesMethodsTakeTheCallerFirst() {
        classes()
                .that(describe("are facades", ArchitectureTest::isFacade))
                .should(takeTheCallerFirst())
                .check(server);
    }

    @Test
    void aFacadesMethodsAuthorise() {
        classes()
                .that(describe("are facades", ArchitectureTest::isFacade))
                .should(askAccess())
                .check(server);
    }

    @Test
    void httpStaysInTheAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tarn.api..")
                .and()
                .resideOutsideOfPackage("dev.tarn.platform.network") // the one client, which knows whom not to call
                .and()
                .doNotHaveFullyQualifiedName(TarnServer.class.getName()) // names what configures itself
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.servlet..",
                        "org.apache.catalina..",
                        "org.springframework.http..",
                        "org.springframework.web..",
                        "org.springframework.boot.web..",
                        "java.net.http..")
                .check(server);
    }

    @Test
    void jdbcStaysInStores() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Jdbc")
                .and()
                .resideOutsideOfPackage("dev.tarn.platform.database")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.sqlite..", "com.zaxxer..")
                .check(server);
    }

    @Test
    void timeRandomnessAndEnvironmentAreInjected() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tarn.platform..")
                .should()
                .callMethodWhere(asksTheWorld())
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .check(server);
    }

    @Test
    void aFileFitsInTheHead() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> lines(file) > LONGEST_FILE)
                    .map(file -> ROOT.relativize(file) + " has " + lines(file) + " lines")
                    .toList();
            assertThat(tooLong)
                    .as("files of more than %d lines: a concept is missing", LONGEST_FILE)
                    .isEmpty();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String module(JavaClass type) {
        String inside = type.getPackageName().substring("dev.tarn".length());
        if (inside.isEmpty()) {
            return "";
        }
        String path = inside.substring(1);
        int first = path.indexOf('.');
        if (first < 0) {
            return path;
        }
        int second = path.indexOf('.', first + 1);
        String nested = second < 0 ? path : path.substring(0, second);
        return ROWS.containsKey(nested) ? nested : path.substring(0, first);
    }

    private static int row(String module) {
        return module.isEmpty() ? APPLICATION : ROWS.getOrDefault(module, Integer.MAX_VALUE);
    }

    private static ArchCondition<JavaClass> useOnlyRowsAbove() {
        return new ArchCondition<>("use only rows above their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String from = module(type);
                if (row(from) == Integer.MAX_VALUE) {
                    events.add(SimpleConditionEvent.violated(type, "The package of " + type.getName() + " has no row"));
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!target.getPackageName().startsWith("dev.tarn")
                            || target.getPackageName().startsWith("dev.tarn.worker")) {
                        continue;
                    }
                    String to = module(target);
                    if (!to.equals(from) && row(to) >= row(from)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** A facade decides with {@link Access}. */
    private static boolean isFacade(JavaClass type) {
        return !type.isEquivalentTo(Access.class)
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getFields().stream()
                        .anyMatch(field -> field.getRawType().isEquivalentTo(Access.class));
    }

    private static List<JavaMethod> verbs(JavaClass facade) {
        return facade.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(method -> !method.getName().equals("close"))
                .toList();
    }

    private static ArchCondition<JavaClass> askAccess() {
        return new ArchCondition<>("ask access") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : verbs(type)) {
                    boolean asks = method.getMethodCallsFromSelf().stream()
                            .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Access.class));
                    if (!asks && !OPEN_TO_ALL.contains(type.getSimpleName() + "." + method.getName())) {
                        events.add(SimpleConditionEvent.violated(type, method.getFullName() + " authorises nobody"));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> takeTheCallerFirst() {
        return new ArchCondition<>("take the caller first") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : verbs(type)) {
                    List<JavaClass> parameters = method.getRawParameterTypes();
                    if (parameters.isEmpty() || !parameters.getFirst().isEquivalentTo(Caller.class)) {
                        events.add(SimpleConditionEvent.violated(
                                type, method.getFullName() + " does not take the caller first"));
                    }
                }
            }
        };
    }

    private static DescribedPredicate<JavaCall<?>> asksTheWorld() {
        return describe("asks for time, randomness or the environment", call -> {
            AccessTarget target = call.getTarget();
            String owner = target.getOwner().getName();
            String name = target.getName();
            return switch (name) {
                case "now" ->
                    owner.startsWith("java.time.")
                            && ((AccessTarget.CodeUnitAccessTarget) target)
                                    .getRawParameterTypes()
                                    .isEmpty();
                case "systemUTC", "systemDefaultZone", "system" -> owner.equals("java.time.Clock");
                case "randomUUID" -> owner.equals("java.util.UUID");
                case "random" -> owner.equals("java.lang.Math");
                case "getenv", "currentTimeMillis" -> owner.equals("java.lang.System");
                default -> false;
            };
        });
    }
}
