package dev.tarn.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the server listens.
 *
 * @param host the address of the interface; loopback unless told otherwise
 * @param port 0 takes any free one
 */
@ConfigurationProperties("tarn")
public record ServerSettings(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8080") int port) {
    public ServerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("tarn.port must be between 0 and 65535; choose one with --port");
        }
    }
}
