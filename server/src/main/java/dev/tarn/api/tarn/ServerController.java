package dev.tarn.api.tarn;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.Home;
import dev.tarn.platform.database.Database;
import java.io.File;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the server says of itself to who looks after it. */
@RestController
class ServerController {
    private final Access access;
    private final Database database;
    private final Home home;

    ServerController(Access access, Database database, Home home) {
        this.access = access;
        this.database = database;
        this.home = home;
    }

    /** The server as it is now; {@code disk} is the one of its home. */
    record ServerView(String version, String database, String schemaVersion, String java, DiskView disk) {}

    /** Room, in bytes. */
    record DiskView(long freeBytes, long totalBytes) {}

    @GetMapping("/tarn/v1/server")
    ServerView show(Caller caller) {
        access.require(caller, Verb.MANAGE, Resource.statement("*"));
        File folder = home.folder().toFile();
        return new ServerView(
                Optional.ofNullable(ServerController.class.getPackage().getImplementationVersion())
                        .orElse("unknown"),
                database.kind().name().toLowerCase(Locale.ROOT),
                database.schemaVersion(),
                Runtime.version().toString(),
                new DiskView(folder.getUsableSpace(), folder.getTotalSpace()));
    }
}
