package dev.tarn;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server process. */
@SpringBootApplication
public class TarnServer {
    public static void main(String[] arguments) {
        SpringApplication.run(TarnServer.class, arguments);
    }
}
