package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.adoption.MountedCatalog;
import dev.tarn.adoption.MountedCatalogs;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Which catalog the contract's calls show. The tenant's own is a REST catalog at this server's address. */
@RestController
class DrlsConfigurationController {
    private static final String WAREHOUSE = "iceberg";

    private final MountedCatalogs mounts;
    private final OwnAddress own;

    DrlsConfigurationController(MountedCatalogs mounts, OwnAddress own) {
        this.mounts = mounts;
        this.own = own;
    }

    /** Of PUT; what GET shows is taken. */
    record Sent(
            @Nullable String catalogType,
            @Nullable String warehouse,
            @Nullable String catalogName,
            @Nullable String uri,
            @Nullable Map<String, String> extraProps) {}

    /** Secrets among the properties are masked. */
    record Shown(
            boolean configured,
            String catalogType,
            @Nullable String warehouse,
            String catalogName,
            @Nullable String uri,
            Map<String, String> extraProps) {}

    @GetMapping("/api/config")
    Shown configuration(Caller caller, HttpServletRequest request) {
        return mounts.configuration(caller)
                .map(catalog -> shown(catalog, request))
                .orElseGet(() -> ownCatalog(DrlsNames.CATALOG, request));
    }

    private Shown shown(MountedCatalog catalog, HttpServletRequest request) {
        return catalog.kind() == MountedCatalog.Kind.OWN
                ? ownCatalog(catalog.name(), request)
                : new Shown(
                        true,
                        catalog.kind().text(),
                        catalog.warehouse(),
                        catalog.name(),
                        catalog.uri(),
                        new TreeMap<>(catalog.properties()));
    }

    private Shown ownCatalog(String name, HttpServletRequest request) {
        return new Shown(true, MountedCatalog.Kind.REST.text(), WAREHOUSE, name, own.of(request), Map.of());
    }

    @PutMapping("/api/config")
    Shown configure(Caller caller, @RequestBody Sent sent, HttpServletRequest request) {
        MountedCatalog.Kind type = type(Wanted.text("catalog_type", sent.catalogType()));
        Optional<String> uri = Wanted.optional(sent.uri());
        Optional<String> warehouse = Wanted.optional(sent.warehouse());
        boolean ours = type == MountedCatalog.Kind.REST
                && uri.map(address -> own.is(address, request))
                        .orElse(warehouse.filter(WAREHOUSE::equals).isPresent());
        if (ours && !warehouse.orElse(WAREHOUSE).equals(WAREHOUSE)) {
            throw refused("This server's own catalog has the one warehouse %s, and no %s"
                    .formatted(WAREHOUSE, shortened(warehouse.orElseThrow())));
        }
        mounts.mount(
                caller,
                new MountedCatalog(
                        ours ? MountedCatalog.Kind.OWN : type,
                        ours ? null : warehouse.orElse(null),
                        Wanted.optional(sent.catalogName()).orElse(DrlsNames.CATALOG),
                        ours ? null : uri.orElse(null),
                        sent.extraProps() == null ? Map.of() : sent.extraProps()));
        return configuration(caller, request);
    }

    private static MountedCatalog.Kind type(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "hadoop" -> MountedCatalog.Kind.HADOOP;
            case "rest" -> MountedCatalog.Kind.REST;
            case "polaris" -> MountedCatalog.Kind.POLARIS;
            case "hive" ->
                throw refused("A hive catalog cannot be reached: this build has no client of the Hive metastore; "
                        + "let its tables be served by a REST catalog and choose rest");
            case "glue" ->
                throw refused("A glue catalog cannot be reached by AWS's own protocol: this build has no AWS client; "
                        + "Glue also serves a REST catalog, which needs signed requests that are not made here either");
            case "nessie" ->
                throw refused("A nessie catalog cannot be reached by Nessie's own protocol; "
                        + "choose rest with Nessie's address of the Iceberg REST catalog, which ends with /iceberg");
            default ->
                throw refused(
                        "There is no catalog_type %s; there are hadoop, rest and polaris".formatted(shortened(text)));
        };
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}
