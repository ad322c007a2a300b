package dev.tarn;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Home;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the application in a home folder. What makes a start impossible is found out before anything is begun. */
final class ServerProcess {
    private ServerProcess() {}

    /**
     * Starts and returns when the server is ready.
     *
     * @param settings {@code --name=value}, which win over every other source
     * @throws TarnException {@code CONFLICT} when the home folder or the port is in use
     */
    static ConfigurableApplicationContext start(Path folder, List<String> settings) {
        return start(folder, settings, context -> {});
    }

    /** {@link #start(Path, List)} with beans of its own, which stand in for the application's. */
    static ConfigurableApplicationContext start(
            Path folder, List<String> settings, ApplicationContextInitializer<GenericApplicationContext> own) {
        Home home = Home.open(folder);
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--tarn.home=" + home.folder());
        arguments.add("--logging.file.name=" + home.logs().resolve("tarn.log"));
        arguments.add("--spring.config.additional-location=optional:"
                + home.folder().resolve("tarn.yaml").toUri());
        SpringApplication application = new SpringApplication(TarnServer.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context -> {
            requireFreePort(context.getEnvironment());
            context.registerBean("home", Home.class, () -> home);
            own.initialize(context);
        });
        boolean started = false;
        try {
            ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new));
            started = true;
            return context;
        } finally {
            if (!started) {
                home.close();
            }
        }
    }

    private static void requireFreePort(Environment environment) {
        String host = environment.getProperty("tarn.host", "127.0.0.1");
        int port = environment.getProperty("tarn.port", Integer.class, 8080);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "Port %d of %s cannot be used (%s); choose another with --port"
                            .formatted(port, host, e.getMessage()),
                    e);
        }
    }
}
