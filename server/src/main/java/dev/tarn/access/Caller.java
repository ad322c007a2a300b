package dev.tarn.access;

import java.util.Optional;
import java.util.UUID;

/**
 * Who asks. Every facade takes a caller first. The credential alone decides the tenant; no name, path or body ever does.
 */
public sealed interface Caller {

    /** The tenant whose things this caller can see. */
    UUID tenantId();

    /** The workspace that history and limits are kept under. */
    UUID workspaceId();

    /** The user who answers for the call. */
    UUID userId();

    /** The user's name, for people who read the audit trail. */
    String name();

    /** Where the call came from. */
    Origin origin();

    /** The session or token family of a caller who has signed in; none for keys and jobs, which nobody signs in with. */
    default Optional<UUID> signIn() {
        return switch (this) {
            case Person person -> Optional.of(person.sessionId());
            case TokenHolder holder -> Optional.of(holder.signInId());
            case KeyHolder key -> Optional.empty();
            case JobToken job -> Optional.empty();
            case Server server -> Optional.empty();
            case Anonymous nobody -> Optional.empty();
        };
    }

    /** The same caller in another workspace of its tenant. */
    Caller in(UUID workspaceId);

    /**
     * The request behind a call.
     *
     * @param requestId the id that the answer carries
     * @param address the client's network address, or {@code local}
     */
    record Origin(String requestId, String address) {
        /** For work that the server starts by itself. */
        public static final Origin LOCAL = new Origin("local", "local");
    }

    /** Somebody signed in to the console. */
    record Person(UUID tenantId, UUID workspaceId, UUID userId, String name, UUID sessionId, Origin origin)
            implements Caller {
        @Override
        public Caller in(UUID other) {
            return new Person(tenantId, other, userId, name, sessionId, origin);
        }
    }

    /**
     * Somebody, or a program of theirs, with a token: an access token of our own login, or one of an identity provider.
     *
     * @param signInId the family that an access token belongs to; the user's id for another issuer's token, which belongs to
     *     no sign-in of ours
     */
    record TokenHolder(UUID tenantId, UUID workspaceId, UUID userId, String name, UUID signInId, Origin origin)
            implements Caller {
        @Override
        public Caller in(UUID other) {
            return new TokenHolder(tenantId, other, userId, name, signInId, origin);
        }
    }

    /**
     * A program with a key.
     *
     * @param ratePlan the name of the plan that says how often it may call
     */
    record KeyHolder(
            UUID tenantId, UUID workspaceId, UUID userId, String name, UUID keyId, String ratePlan, Origin origin)
            implements Caller {
        /** On the plan of keys for which none is named. */
        public KeyHolder(UUID tenantId, UUID workspaceId, UUID userId, String name, UUID keyId, Origin origin) {
            this(tenantId, workspaceId, userId, name, keyId, RateSettings.NEW_KEYS, origin);
        }

        @Override
        public Caller in(UUID other) {
            return new KeyHolder(tenantId, other, userId, name, keyId, ratePlan, origin);
        }
    }

    /**
     * A job that runs as its owner, with today's rights.
     *
     * @param keyId the key that asked for the job: the job may no more than it may, and nothing once it is revoked
     */
    record JobToken(
            UUID tenantId, UUID workspaceId, UUID userId, String name, UUID jobId, Optional<UUID> keyId, Origin origin)
            implements Caller {
        @Override
        public Caller in(UUID other) {
            return new JobToken(tenantId, other, userId, name, jobId, keyId, origin);
        }
    }

    /**
     * The server itself, that looks after a tenant's tables without being asked; it may what that takes, and nothing else.
     *
     * @param jobId the job that it does so in; empty while it decides what is to be done
     */
    record Server(UUID tenantId, Optional<UUID> jobId, Origin origin) implements Caller {
        /** No user has this id. */
        public static final UUID ID = new UUID(0, 1);

        public Server(UUID tenantId) {
            this(tenantId, Optional.empty(), Origin.LOCAL);
        }

        /** Nothing of it is kept under any workspace of people. */
        @Override
        public UUID workspaceId() {
            return ID;
        }

        @Override
        public UUID userId() {
            return ID;
        }

        @Override
        public String name() {
            return "tarn";
        }

        @Override
        public Caller in(UUID other) {
            return this;
        }
    }

    /** Nobody yet: it may call what is open to all, and sees no tenant. */
    record Anonymous(Origin origin) implements Caller {
        private static final UUID NOBODY = new UUID(0, 0);

        @Override
        public UUID tenantId() {
            return NOBODY;
        }

        @Override
        public UUID workspaceId() {
            return NOBODY;
        }

        @Override
        public UUID userId() {
            return NOBODY;
        }

        @Override
        public String name() {
            return "anonymous";
        }

        @Override
        public Caller in(UUID other) {
            return this;
        }
    }
}
