package dev.tarn;

import dev.tarn.backup.BackupPlaces;
import dev.tarn.platform.PlatformSettings;
import dev.tarn.storage.StorageSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What the server of a home folder would use, found as the server finds it and without starting one. */
final class HomeSettings {
    private HomeSettings() {}

    /** Options win over {@code TARN_*} variables, those over {@code tarn.yaml}. */
    static BackupPlaces of(Path folder, @Nullable String databaseUrl, @Nullable Path warehouse) {
        Path home = folder.toAbsolutePath().normalize();
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("tarn.home", home.toString());
        given.put(
                "spring.config.additional-location",
                "optional:" + home.resolve("tarn.yaml").toUri());
        if (databaseUrl != null) {
            given.put("tarn.database-url", databaseUrl);
        }
        if (warehouse != null) {
            given.put("tarn.storage.warehouse", warehouse.toString());
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("options", given));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        Binder binder = Binder.get(environment);
        PlatformSettings platform = binder.bindOrCreate("tarn", PlatformSettings.class);
        StorageSettings storage = binder.bindOrCreate("tarn.storage", StorageSettings.class);
        String url = platform.databaseUrl() != null ? platform.databaseUrl() : "jdbc:sqlite:" + home.resolve("tarn.db");
        Path tables = storage.warehouse() != null ? storage.warehouse() : home.resolve("warehouse");
        return new BackupPlaces(home, url, tables.toAbsolutePath().normalize());
    }

    /** A command's output is its answer, and libraries would write their story between the lines. */
    static void silenceLogs() {
        LoggingSystem logs = LoggingSystem.get(HomeSettings.class.getClassLoader());
        logs.beforeInitialize();
        logs.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
    }
}
