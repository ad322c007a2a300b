package dev.tarn.cli.access;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What a shell offers for an option. A name of the server's stands for itself until then: see {@code CompletionCommand}. */
abstract class Candidates implements Iterable<String> {
    private final List<String> texts;

    private Candidates(List<String> texts) {
        this.texts = texts;
    }

    @Override
    public Iterator<String> iterator() {
        return texts.iterator();
    }

    static final class Users extends Candidates {
        Users() {
            super(List.of(NamesCommand.Kind.users.placeholder()));
        }
    }

    static final class Roles extends Candidates {
        Roles() {
            super(List.of(NamesCommand.Kind.roles.placeholder()));
        }
    }

    static final class Grantees extends Candidates {
        Grantees() {
            super(List.of(NamesCommand.Kind.roles.placeholder(), NamesCommand.Kind.users.placeholder()));
        }
    }

    static final class Resources extends Candidates {
        Resources() {
            super(List.of(NamesCommand.Kind.resources.placeholder()));
        }
    }

    static final class Secrets extends Candidates {
        Secrets() {
            super(List.of(NamesCommand.Kind.secrets.placeholder()));
        }
    }

    static final class Providers extends Candidates {
        Providers() {
            super(List.of(NamesCommand.Kind.providers.placeholder()));
        }
    }

    static final class KeyPrefixes extends Candidates {
        KeyPrefixes() {
            super(List.of("dlx_sk_v1_", "sk_live_", "dl_sk_v1_"));
        }
    }

    /** The verbs there are. */
    static final class Verbs extends Candidates {
        private static final List<String> ALL = List.of(
                "describe",
                "select",
                "insert",
                "update",
                "create",
                "alter",
                "drop",
                "use",
                "approve",
                "manage",
                "grant");

        Verbs() {
            super(ALL);
        }
    }

    /** A grant can give all of them at once; nobody asks about that. */
    static final class GrantedVerbs extends Candidates {
        GrantedVerbs() {
            super(Stream.concat(Verbs.ALL.stream(), Stream.of("*")).toList());
        }
    }
}
