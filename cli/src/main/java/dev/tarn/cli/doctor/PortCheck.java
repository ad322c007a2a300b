package dev.tarn.cli.doctor;

/** Whether a server could listen, when none of ours does. */
public final class PortCheck {
    private PortCheck() {}

    public static Finding of(int port) {
        if (PortHolder.free(port)) {
            return Finding.ok("port", port + " is free");
        }
        return Finding.problem(
                "port",
                port + " is taken by " + PortHolder.of(port).orElse("another process"),
                "End that process, or start the server with another --port.");
    }
}
