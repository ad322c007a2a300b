-- One schema for SQLite and PostgreSQL: ids are TEXT (UUID), instants BIGINT (microseconds, UTC), JSON is TEXT,
-- truth values INTEGER 0 and 1.

CREATE TABLE tenants (
    tenant_id   TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL UNIQUE,
    created_at  BIGINT NOT NULL
);

CREATE TABLE workspaces (
    tenant_id    TEXT   NOT NULL REFERENCES tenants (tenant_id),
    workspace_id TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, workspace_id),
    UNIQUE (tenant_id, name)
);

-- User names are unique on the server, case-folded: the login form names no tenant.
CREATE TABLE users (
    tenant_id     TEXT    NOT NULL REFERENCES tenants (tenant_id),
    user_id       TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    folded_name   TEXT    NOT NULL UNIQUE,
    password_hash TEXT    NOT NULL,
    operator      INTEGER NOT NULL,
    created_at    BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);

CREATE TABLE user_roles (
    tenant_id TEXT NOT NULL,
    user_id   TEXT NOT NULL,
    role      TEXT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, role),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);

-- grantee_kind is role or user; resource is kind:name or *.
CREATE TABLE grants (
    tenant_id    TEXT   NOT NULL REFERENCES tenants (tenant_id),
    grant_id     TEXT   NOT NULL,
    grantee_kind TEXT   NOT NULL,
    grantee      TEXT   NOT NULL,
    verb         TEXT   NOT NULL,
    resource     TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, grant_id),
    UNIQUE (tenant_id, grantee_kind, grantee, verb, resource)
);

CREATE TABLE api_keys (
    tenant_id    TEXT   NOT NULL,
    key_id       TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    workspace_id TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    shown_prefix TEXT   NOT NULL,
    secret_hash  TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT,
    revoked_at   BIGINT,
    PRIMARY KEY (tenant_id, key_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, user_id),
    FOREIGN KEY (tenant_id, workspace_id) REFERENCES workspaces (tenant_id, workspace_id)
);

CREATE TABLE sessions (
    tenant_id    TEXT   NOT NULL,
    session_id   TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    workspace_id TEXT   NOT NULL,
    key_id       TEXT,
    secret_hash  TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    ended_at     BIGINT,
    PRIMARY KEY (tenant_id, session_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);

-- The one row of the first start: whose credentials are to be written into which home folder, and whether they were.
CREATE TABLE first_start (
    singleton   INTEGER NOT NULL PRIMARY KEY,
    tenant_id   TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    key_id      TEXT    NOT NULL,
    home        TEXT    NOT NULL,
    begun_at    BIGINT  NOT NULL,
    finished_at BIGINT
);

CREATE TABLE audit_entries (
    tenant_id  TEXT   NOT NULL,
    entry_id   TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    actor_kind TEXT   NOT NULL,
    actor_id   TEXT,
    actor_name TEXT   NOT NULL,
    verb       TEXT   NOT NULL,
    resource   TEXT   NOT NULL,
    outcome    TEXT   NOT NULL,
    request_id TEXT   NOT NULL,
    address    TEXT   NOT NULL,
    details    TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX audit_entries_by_time ON audit_entries (tenant_id, at);

CREATE TABLE usage_entries (
    tenant_id     TEXT   NOT NULL,
    workspace_id  TEXT   NOT NULL,
    entry_id      TEXT   NOT NULL,
    at            BIGINT NOT NULL,
    user_id       TEXT   NOT NULL,
    kind          TEXT   NOT NULL,
    bytes_scanned BIGINT NOT NULL,
    elapsed_ms    BIGINT NOT NULL,
    request_id    TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX usage_entries_by_time ON usage_entries (tenant_id, at);

-- state is running or answered; an answer that shows a secret is not kept (body null).
CREATE TABLE idempotent_requests (
    tenant_id       TEXT   NOT NULL,
    user_id         TEXT   NOT NULL,
    idempotency_key TEXT   NOT NULL,
    request_hash    TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    owner           TEXT   NOT NULL,
    lease_until     BIGINT NOT NULL,
    status          INTEGER,
    content_type    TEXT,
    body            TEXT,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, idempotency_key)
);
CREATE INDEX idempotent_requests_by_expiry ON idempotent_requests (expires_at);

-- The layout of Iceberg's JDBC catalog, version V1, so that other engines can attach; catalog_name is the tenant id.
CREATE TABLE iceberg_tables (
    catalog_name               VARCHAR(255) NOT NULL,
    table_namespace            VARCHAR(255) NOT NULL,
    table_name                 VARCHAR(255) NOT NULL,
    metadata_location          VARCHAR(1000),
    previous_metadata_location VARCHAR(1000),
    iceberg_type               VARCHAR(5),
    PRIMARY KEY (catalog_name, table_namespace, table_name)
);

CREATE TABLE iceberg_namespace_properties (
    catalog_name   VARCHAR(255) NOT NULL,
    namespace      VARCHAR(255) NOT NULL,
    property_key   VARCHAR(255),
    property_value VARCHAR(1000),
    PRIMARY KEY (catalog_name, namespace, property_key)
);

-- A write that has begun and not committed: every file it makes has a name that begins with its id.
CREATE TABLE write_intents (
    tenant_id      TEXT   NOT NULL,
    intent_id      TEXT   NOT NULL,
    table_name     TEXT   NOT NULL,
    table_location TEXT   NOT NULL,
    new_table      INTEGER NOT NULL,
    lease_owner    TEXT   NOT NULL,
    lease_until    BIGINT NOT NULL,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, intent_id)
);

-- A wish to stop a statement that another server runs; taken by that server, or withdrawn.
CREATE TABLE statement_cancellations (
    tenant_id    TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    statement_id TEXT   NOT NULL,
    asked_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, statement_id)
);
