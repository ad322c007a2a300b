package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A catalog in a world of its own, which holds no file at the end that no table knows. */
abstract class CatalogContract {
    @TempDir
    Path folder;

    World world;
    World.Server server;
    Tables tables;
    Caller admin;

    abstract Database open(Path home);

    @BeforeEach
    void open() {
        world = new World(open(folder), folder);
        server = world.server();
        tables = server.tables();
        admin = world.admin;
    }

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(world.intents()).isZero();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
        world.close();
    }

    static void fails(ErrorCode code, String part, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TarnException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.message()).contains(part);
        });
    }
}
