package dev.tarn.adoption;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import tools.jackson.databind.JsonNode;

/** Another server's Iceberg REST catalog. Of a table only the place of its metadata file is believed. */
final class RestForeignCatalog implements ForeignCatalog {
    private static final int MOST_NAMESPACES = 10_000;
    private static final int MOST_PAGES = 10_000;
    private static final String LEVELS = "%1F";

    private final RestCatalogCalls calls;
    private final String prefix;
    private final String separator;

    RestForeignCatalog(RestCatalogCalls calls, Optional<String> warehouse) {
        this.calls = calls;
        JsonNode config = calls.get("/v1/config"
                + warehouse
                        .map(name -> "?warehouse=" + RestCatalogCalls.encoded(name))
                        .orElse(""));
        String named = setting(config, "prefix").orElse("");
        this.prefix = named.isEmpty() ? "/v1/" : "/v1/" + named + "/";
        this.separator = setting(config, "namespace-separator").orElse(LEVELS);
    }

    private static Optional<String> setting(JsonNode config, String name) {
        return Optional.of(config.at("/overrides/" + name).asString(""))
                .filter(text -> !text.isEmpty())
                .or(() -> Optional.of(config.at("/defaults/" + name).asString("")))
                .filter(text -> !text.isEmpty());
    }

    @Override
    public void check() {
        calls.get(prefix + "namespaces");
    }

    @Override
    public Contents contents(TableChoice choice, Runnable goingOn) {
        Set<TableIdentifier> found = new LinkedHashSet<>();
        Set<Namespace> namespaces = namespaces(choice, goingOn);
        for (Namespace namespace : namespaces) {
            goingOn.run();
            for (JsonNode page : pages(path(namespace) + "/tables")) {
                for (JsonNode identifier : page.path("identifiers")) {
                    TableIdentifier table = TableIdentifier.of(
                            levels(identifier.path("namespace")),
                            identifier.path("name").asString(""));
                    if (choice.has(table)) {
                        found.add(table);
                        ForeignCatalog.requireRoom(found.size());
                    }
                }
            }
        }
        return new Contents(List.copyOf(namespaces), List.copyOf(found));
    }

    private Set<Namespace> namespaces(TableChoice choice, Runnable goingOn) {
        Set<Namespace> all = new LinkedHashSet<>();
        Deque<Namespace> parents = new ArrayDeque<>(List.of(Namespace.empty()));
        while (!parents.isEmpty()) {
            goingOn.run();
            Namespace parent = parents.remove();
            for (Namespace child : children(parent)) {
                if (choice.mayBeBelow(child) && all.add(child)) {
                    parents.add(child);
                    requireFew(all.size());
                }
            }
        }
        return all;
    }

    private static void requireFew(int namespaces) {
        if (namespaces > MOST_NAMESPACES) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The catalog has more than %,d namespaces; choose some".formatted(MOST_NAMESPACES));
        }
    }

    /** Of a parent only what is below it: catalogs without levels tell the same list again, or refuse. */
    private List<Namespace> children(Namespace parent) {
        if (parent.isEmpty()) {
            return listed("namespaces");
        }
        try {
            return listed("namespaces?parent=" + encoded(parent)).stream()
                    .filter(child -> child.length() > parent.length()
                            && Arrays.equals(Arrays.copyOf(child.levels(), parent.length()), parent.levels()))
                    .toList();
        } catch (TarnException e) {
            if (e.code() == ErrorCode.INVALID_REQUEST) {
                return List.of();
            }
            throw e;
        }
    }

    private List<Namespace> listed(String path) {
        List<Namespace> found = new ArrayList<>();
        for (JsonNode page : pages(path)) {
            page.path("namespaces").forEach(namespace -> found.add(levels(namespace)));
            requireFew(found.size());
        }
        return found;
    }

    private static Namespace levels(JsonNode array) {
        return Namespace.of(array.valueStream().map(level -> level.asString("")).toArray(String[]::new));
    }

    private List<JsonNode> pages(String path) {
        List<JsonNode> pages = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String token = "";
        do {
            String more = token.isEmpty()
                    ? ""
                    : (path.contains("?") ? "&" : "?") + "pageToken=" + RestCatalogCalls.encoded(token);
            JsonNode page = calls.get(prefix + path + more);
            pages.add(page);
            token = page.path("next-page-token").asString("");
        } while (!token.isEmpty() && seen.add(token) && pages.size() < MOST_PAGES);
        return pages;
    }

    private String path(Namespace namespace) {
        return "namespaces/" + encoded(namespace);
    }

    private String encoded(Namespace namespace) {
        return Arrays.stream(namespace.levels()).map(RestCatalogCalls::encoded).collect(Collectors.joining(separator));
    }

    private String path(TableIdentifier table) {
        return prefix + path(table.namespace()) + "/tables/" + RestCatalogCalls.encoded(table.name());
    }

    @Override
    public Optional<Loaded> load(TableIdentifier table) {
        return calls.find(path(table) + "?snapshots=all").map(answer -> {
            JsonNode metadata = answer.path("metadata");
            return new Loaded(
                    answer.path("metadata-location").asString(""),
                    metadata.isObject() ? Optional.of(metadata.toString()) : Optional.empty());
        });
    }

    @Override
    public String metadataLocation(TableIdentifier table) {
        String location = calls.get(path(table) + "?snapshots=refs")
                .path("metadata-location")
                .asString("");
        if (location.isEmpty()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The catalog does not tell where the table's metadata file is");
        }
        return location;
    }
}
