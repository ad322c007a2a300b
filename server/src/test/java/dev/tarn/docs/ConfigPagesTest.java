package dev.tarn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The page of settings comes from the settings records: names and defaults by reflection, words from their Javadoc. */
class ConfigPagesTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void configPageSaysWhatTheCodeSays() throws IOException {
        StringBuilder page = new StringBuilder("""
                <!-- Generated from the settings records. Write it anew with ./build docs. -->

                # Configuration

                Each setting can be given in `<home>/tarn.yaml`, or in the environment as `TARN_` and its name in upper case
                with underscores (`tarn.sql.queue` is `TARN_SQL_QUEUE`). A flag of `tarn serve` wins over the environment, that
                over the file, that over the default.

                | setting | default | what |
                |---|---|---|
                """);
        for (Class<?> settings : settings()) {
            String prefix =
                    settings.getAnnotation(ConfigurationProperties.class).value();
            String source = Files.readString(SOURCES.resolve(settings.getName().replace('.', '/') + ".java"));
            for (RecordComponent component : settings.getRecordComponents()) {
                page.append("| `%s.%s` | %s | %s |%n"
                        .formatted(
                                prefix,
                                kebab(component.getName()),
                                preset(settings, component),
                                words(source, component)));
            }
        }
        GeneratedPage.check("config.md", page.toString());
    }

    private static List<Class<?>> settings() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith("Settings.java"))
                    .<Class<?>>map(ConfigPagesTest::load)
                    .filter(type -> type.isAnnotationPresent(ConfigurationProperties.class))
                    .sorted(Comparator.comparing(type ->
                            type.getAnnotation(ConfigurationProperties.class).value()))
                    .toList();
        }
    }

    private static Class<?> load(Path file) {
        String name = SOURCES.relativize(file).toString().replace('/', '.').replaceFirst("\\.java$", "");
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String preset(Class<?> settings, RecordComponent component) {
        return Stream.of(settings.getDeclaredConstructors())
                .flatMap(constructor -> Stream.of(constructor.getParameters()))
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .flatMap(parameter -> Stream.of(parameter.getAnnotationsByType(DefaultValue.class)))
                .findFirst()
                .map(value -> "`" + String.join(",", value.value()) + "`")
                .orElse("");
    }

    private static String words(String source, RecordComponent component) {
        Matcher words = Pattern.compile(
                        "@param " + component.getName() + " (.*?)(?=\\n \\* @|\\n \\*/)", Pattern.DOTALL)
                .matcher(source);
        assertThat(words.find()).as("%s has a @param", component).isTrue();
        return words.group(1).replaceAll("\\s*\\n \\*\\s*", " ").replaceAll("\\{@code ([^}]*)}", "`$1`");
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
