package dev.tarn;

import java.util.Arrays;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.modulith.Modulithic;
import picocli.CommandLine;

/** The server process. What of Spring Boot configures itself is named here, so that nothing starts that we do not use. */
@SpringBootConfiguration
@Modulithic(systemName = "Tarn")
@ComponentScan
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpEncodingAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
public class TarnServer {
    /** Starts the server, and returns while it serves; whatever else, or what fails, ends the process with its exit code. */
    public static void main(String[] arguments) {
        switch (arguments.length == 0 ? "serve" : arguments[0]) {
            case "audit" -> System.exit(operate(new AuditCheckCommand(), arguments));
            case "backup" -> System.exit(operate(new BackupCommand(), arguments));
            case "check" -> System.exit(operate(new CheckCommand(), arguments));
            case "restore" -> System.exit(operate(new RestoreCommand(), arguments));
            default -> {
                int exitCode = new CommandLine(new ServeCommand()).execute(ServeCommand.withoutName(arguments));
                if (exitCode != ServeCommand.SERVES) {
                    System.exit(exitCode);
                }
            }
        }
    }

    private static int operate(Object command, String[] arguments) {
        return new CommandLine(command).execute(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
