package dev.tarn.platform;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the server lives.
 *
 * @param home the folder of metadata, local warehouse, scratch space and logs
 * @param root the folder of the installation, which holds the worker's jars
 * @param databaseUrl JDBC URL of the metadata database; SQLite in the home folder when absent
 */
@ConfigurationProperties("tarn")
public record PlatformSettings(
        @DefaultValue(".tarn") Path home,
        @DefaultValue(".") Path root,
        @Nullable String databaseUrl) {

    /** The database URL in force for a home folder. */
    public String databaseUrl(Home opened) {
        return databaseUrl != null ? databaseUrl : "jdbc:sqlite:" + opened.database();
    }
}
