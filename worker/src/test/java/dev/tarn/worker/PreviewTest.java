package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.Preview.PreviewColumn;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PreviewTest extends Loading {
    private Preview preview(LoadRequest request, int rows) throws IOException {
        Message message = worker.ask(new Message.PreviewFiles(nextId(), request.task(), rows));
        assertThat(message).isInstanceOf(Message.Previewed.class);
        assertThat(request.output()).isEmptyDirectory();
        return ((Message.Previewed) message).preview();
    }

    @Test
    void rowsColumnsOptionsAndWarnings() throws IOException {
        Preview preview = preview(
                request()
                        .file("a.csv", "id;price;\n1;1,5;NA\n2\n3;2,25;\"NA\"\n")
                        .file("b.csv", "id\n4\n5\n"),
                3);
        assertThat(preview.files()).containsExactly("a.csv", "b.csv");
        assertThat(preview.columns())
                .containsExactly(
                        new PreviewColumn("id", "id", "BIGINT"),
                        new PreviewColumn("price", "price", "DECIMAL(18,2)"),
                        new PreviewColumn("column_3", "column_3", "VARCHAR"));
        assertThat(preview.rows())
                .containsExactly(
                        Arrays.asList("1", "1,5", null), List.of("3", "2,25", "NA"), Arrays.asList("4", null, null));
        assertThat(preview.options().delimiter()).isEqualTo(";");
        assertThat(preview.options().header()).isTrue();
        assertThat(preview.options().decimal()).isEqualTo(",");
        assertThat(preview.warnings())
                .contains("Line 3 has 1 cell where 3 are expected")
                .anyMatch(warning -> warning.startsWith("b.csv lacks 2 columns"));
    }

    @Test
    void givenColumnsAndTheTypesOfATable() throws IOException {
        Preview preview = preview(
                request()
                        .file("a.csv", "x,y\n1,2\n")
                        .given("y", "why", "DOUBLE")
                        .given("x", "x", null),
                10);
        assertThat(preview.columns())
                .containsExactly(new PreviewColumn("y", "why", "DOUBLE"), new PreviewColumn("x", "x", "BIGINT"));
        assertThat(preview.rows()).containsExactly(List.of("2", "1"));
        Preview appended = preview(
                request()
                        .file("a.csv", "x,y\n1,2\n")
                        .into(new TargetColumn(1, "X", "DECIMAL(9,2)", false))
                        .addingColumns(),
                10);
        assertThat(appended.columns())
                .containsExactly(new PreviewColumn("x", "X", "DECIMAL(9,2)"), new PreviewColumn("y", "y", "BIGINT"));
    }

    @Test
    void whatDoesNotFitItsTableIsShownWithTheReason() throws IOException {
        Preview preview =
                preview(request().file("a.csv", "x,y\n1,2\n").into(new TargetColumn(1, "x", "BIGINT", false)), 10);
        assertThat(preview.columns()).hasSize(2);
        assertThat(preview.warnings()).singleElement().asString().contains("no column 'y'");
    }

    @Test
    void aLargeFileIsSeenAtOnce() throws IOException {
        Path file = folder.resolve("large.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,name,day,price\n");
            for (int i = 0; i < 2_000_000; i++) {
                writer.write(i + ",some text,2024-01-01,12.50\n");
            }
        }
        LoadRequest request = request().file("large.csv", file).options(FileOptions.FOUND);
        preview(request, 100);
        long started = System.nanoTime();
        assertThat(preview(request, 100).rows()).hasSize(100);
        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.MILLISECONDS.toNanos(1_000));
        Files.delete(file);
    }
}
