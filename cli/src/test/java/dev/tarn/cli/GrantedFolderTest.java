package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantedFolderTest {
    @TempDir
    Path folder;

    @Test
    void theQuickStartGrantsOneUnlessSomebodyHasSaidWhich() throws IOException {
        Path granted = folder.resolve("warehouse");
        assertThat(GrantedFolder.environment(folder, Map.of("TARN_STORAGE_ROOTS", ""), granted))
                .isEmpty();
        assertThat(granted).doesNotExist();
        assertThat(GrantedFolder.environment(folder, Map.of(), granted))
                .isEqualTo(Map.of("TARN_STORAGE_ROOTS", granted.toString()));
        assertThat(granted).isDirectory();
        Files.writeString(folder.resolve("tarn.yaml"), "tarn:\n  port: 9000\n");
        assertThat(GrantedFolder.environment(folder, Map.of(), granted)).isNotEmpty();
        Files.writeString(folder.resolve("tarn.yaml"), "tarn:\n  storage:\n    roots: /srv/lake\n");
        assertThat(GrantedFolder.environment(folder, Map.of(), granted)).isEmpty();
    }
}
