package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a name means: the one of exactly that name, else the only one that differs in the case of A to Z. Other letters
 * must be exact, since databases fold them differently.
 */
final class Resolver {
    private static final int CANDIDATES = 20;

    private final CatalogStore store;
    private final UUID tenantId;
    private final Visible visible;
    private final Consumer<TableName> hidden;

    /** @param hidden hears of tables that were asked for by name and are not for the caller */
    Resolver(Visible visible, Consumer<TableName> hidden) {
        this.store = visible.store();
        this.tenantId = visible.tenant();
        this.visible = visible;
        this.hidden = hidden;
    }

    /** The pointer of an existing table or view. */
    Pointer existing(TableName name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    /** The pointer of an existing table. */
    Pointer table(TableName name) {
        return required(existing(name), Pointer.Kind.TABLE);
    }

    /**
     * The pointer, when it is of the kind.
     *
     * @throws TarnException {@code INVALID_REQUEST} else
     */
    static Pointer required(Pointer pointer, Pointer.Kind kind) {
        if (pointer.kind() == kind) {
            return pointer;
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                switch (pointer.kind()) {
                    case VIEW ->
                        "%s is a view and has no rows and versions of its own; use the tables that it reads, or CREATE OR REPLACE VIEW, ALTER VIEW and DROP VIEW"
                                .formatted(named(pointer).text());
                    case TABLE ->
                        "%s is a table and no view".formatted(named(pointer).text());
                });
    }

    /** The pointer of a table or view that may not exist. */
    Optional<Pointer> find(TableName name) {
        if (!name.catalog().equals(TableName.DEFAULT_CATALOG)) {
            return Optional.empty();
        }
        Optional<Pointer> exact = stored(name).filter(this::has);
        if (exact.isPresent()) {
            return exact;
        }
        List<Pointer> alike = alike(name).filter(visible::has).toList();
        List<Pointer> nearer = alike.stream()
                .filter(pointer -> pointer.namespace().equals(name.namespaceText()))
                .toList();
        return only(
                nearer.isEmpty() ? alike : nearer,
                name.text(),
                pointer -> named(pointer).text());
    }

    /** The table or view of exactly that name, when the caller sees it; nobody hears of one that is hidden. */
    Optional<Pointer> exact(TableName name) {
        return name.catalog().equals(TableName.DEFAULT_CATALOG) ? stored(name).filter(visible::has) : Optional.empty();
    }

    private Optional<Pointer> stored(TableName name) {
        return store.find(tenantId, name.namespaceText(), name.table());
    }

    private Stream<Pointer> alike(TableName name) {
        return store.similar(tenantId, name.namespaceText(), name.table(), CANDIDATES).stream()
                .filter(pointer -> folded(pointer.namespace()).equals(folded(name.namespaceText()))
                        && folded(pointer.name()).equals(folded(name.table())));
    }

    private Stream<String> alike(String namespace) {
        return alike(store, tenantId, namespace);
    }

    private static Stream<String> alike(CatalogStore store, UUID tenantId, String namespace) {
        return store.similarNamespaces(tenantId, namespace, CANDIDATES).stream()
                .filter(other -> folded(other).equals(folded(namespace)));
    }

    /**
     * Whether no table or view of that name can be made: it, or its namespace, would differ in case alone from one that is there,
     * whoever sees that one.
     */
    boolean isTaken(TableName name) {
        String namespace = name.namespaceText();
        return alike(name).findAny().isPresent() || (!store.namespaceExists(tenantId, namespace) && isTaken(namespace));
    }

    /** Whether no namespace of that name can be made. */
    boolean isTaken(String namespace) {
        return isTaken(store, tenantId, namespace);
    }

    /** Whether a namespace would differ in case alone from one that is there, whoever sees that one. */
    static boolean isTaken(CatalogStore store, UUID tenantId, String namespace) {
        return alike(store, tenantId, namespace).findAny().isPresent();
    }

    private boolean has(Pointer pointer) {
        boolean has = visible.has(pointer);
        if (!has) {
            hidden.accept(named(pointer));
        }
        return has;
    }

    /** The namespace that a name means, or empty when there is none. */
    Optional<String> namespace(String namespace) {
        if (visible.hasNamespace(namespace) && store.namespaceExists(tenantId, namespace)) {
            return Optional.of(namespace);
        }
        return only(alike(namespace).filter(visible::hasNamespace).toList(), namespace, other -> other);
    }

    /** The namespace that a name means. */
    String existingNamespace(String namespace) {
        return namespace(namespace).orElseThrow(() -> unknownNamespace(namespace));
    }

    /** The full name of a pointer. */
    static TableName named(Pointer pointer) {
        return new TableName(
                TableName.DEFAULT_CATALOG, List.of(pointer.namespace().split("\\.", -1)), pointer.name());
    }

    TarnException unknown(TableName name) {
        Optional<String> namespace = namespace(name.namespaceText());
        if (namespace.isEmpty()) {
            return unknownNamespace(name.namespaceText());
        }
        List<String> close = Suggestions.tables(visible, namespace.get(), name.table());
        return new TarnException(
                        ErrorCode.UNKNOWN_TABLE, "There is no table %s%s".formatted(name.text(), orElse(close)))
                .with("suggestions", close.isEmpty() ? null : close);
    }

    private TarnException unknownNamespace(String namespace) {
        List<String> close = Suggestions.namespaces(visible, namespace);
        return new TarnException(
                        ErrorCode.UNKNOWN_NAMESPACE, "There is no namespace %s%s".formatted(namespace, orElse(close)))
                .with("suggestions", close.isEmpty() ? null : close);
    }

    private static String orElse(List<String> close) {
        return close.isEmpty()
                ? "; list what there is, or make it with a load"
                : "; did you mean " + String.join(" or ", close) + "?";
    }

    private static <T> Optional<T> only(List<T> alike, String name, java.util.function.Function<T, String> shown) {
        if (alike.size() > 1) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The name %s is ambiguous: %s differ in case alone; write the exact one"
                            .formatted(name, alike.stream().map(shown).collect(Collectors.joining(", "))));
        }
        return alike.stream().findFirst();
    }

    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + 32));
            }
        }
        return folded.toString();
    }
}
