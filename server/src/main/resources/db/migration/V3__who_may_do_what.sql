-- Users, roles, grants, keys, sign-in, audit, usage. The rules of V1's head hold.

-- Users ---------------------------------------------------------------------------------------------------------------

-- What a contract shows as an integer also has a number, which is unique on the server and never given again.
CREATE TABLE numbers (
    kind   TEXT   NOT NULL PRIMARY KEY,
    newest BIGINT NOT NULL
);

ALTER TABLE users ADD COLUMN number BIGINT;
ALTER TABLE users ADD COLUMN email TEXT;
ALTER TABLE users ADD COLUMN folded_email TEXT;
ALTER TABLE users ADD COLUMN first_name TEXT;
ALTER TABLE users ADD COLUMN last_name TEXT;
ALTER TABLE users ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
-- The identity provider that the user came from, and the subject there; null for users of our own.
ALTER TABLE users ADD COLUMN issuer TEXT;
ALTER TABLE users ADD COLUMN subject TEXT;
UPDATE users SET number = (
    SELECT count(*) FROM users u
    WHERE u.created_at < users.created_at OR u.created_at = users.created_at AND u.user_id <= users.user_id);
-- No row in a new database: a backup is restored into one that has none.
INSERT INTO numbers (kind, newest) SELECT 'user', number FROM users ORDER BY number DESC LIMIT 1;
CREATE UNIQUE INDEX users_by_number ON users (number);
CREATE UNIQUE INDEX users_by_email ON users (folded_email);
CREATE UNIQUE INDEX users_by_subject ON users (tenant_id, issuer, subject);

-- Roles and grants ----------------------------------------------------------------------------------------------------

-- Roles that a tenant has made; the built-in ones are code.
CREATE TABLE roles (
    tenant_id  TEXT   NOT NULL REFERENCES tenants (tenant_id),
    name       TEXT   NOT NULL,
    number     BIGINT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

-- Names of permissions as Data-ML makes them; one that is a verb of ours can be granted, any other does nothing.
CREATE TABLE permissions (
    tenant_id  TEXT   NOT NULL REFERENCES tenants (tenant_id),
    name       TEXT   NOT NULL,
    number     BIGINT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

-- column_names is a JSON list, row_filter a boolean expression of SQL; null: all of them.
ALTER TABLE grants ADD COLUMN column_names TEXT;
ALTER TABLE grants ADD COLUMN row_filter TEXT;
ALTER TABLE grants ADD COLUMN created_by TEXT;
-- What Admin may is code since then.
DELETE FROM grants WHERE grantee_kind = 'role' AND grantee = 'Admin' AND verb = '*' AND resource = '*';
CREATE INDEX grants_by_grantee ON grants (tenant_id, grantee_kind, grantee);

-- Keys ----------------------------------------------------------------------------------------------------------------

-- role: the key has the rights of that role alone; null: those of its user. restricted: the things that the key reaches at
-- most stand in key_restrictions.
ALTER TABLE api_keys ADD COLUMN role TEXT;
ALTER TABLE api_keys ADD COLUMN rate_plan TEXT NOT NULL DEFAULT 'enterprise';
ALTER TABLE api_keys ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;

CREATE TABLE key_restrictions (
    tenant_id TEXT NOT NULL,
    key_id    TEXT NOT NULL,
    resource  TEXT NOT NULL,
    PRIMARY KEY (tenant_id, key_id, resource),
    FOREIGN KEY (tenant_id, key_id) REFERENCES api_keys (tenant_id, key_id)
);

-- Rates and quotas ----------------------------------------------------------------------------------------------------

-- How many calls a key has made in the minute and in the day that began then; span is minute or day. Servers take permits in
-- blocks; granted is what the newest taker got.
CREATE TABLE rate_counts (
    tenant_id TEXT   NOT NULL,
    key_id    TEXT   NOT NULL,
    span      TEXT   NOT NULL,
    began_at  BIGINT NOT NULL,
    taken     BIGINT NOT NULL,
    granted   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, key_id, span)
);

-- What a tenant may use at most; null: as much as it likes.
CREATE TABLE quotas (
    tenant_id           TEXT   NOT NULL PRIMARY KEY REFERENCES tenants (tenant_id),
    storage_bytes       BIGINT,
    scanned_bytes_day   BIGINT,
    scanned_bytes_month BIGINT,
    updated_at          BIGINT NOT NULL,
    updated_by          TEXT   NOT NULL
);

-- What a tenant's statements have read, for its quotas; day is counted from 1970 in UTC.
CREATE TABLE scanned_days (
    tenant_id     TEXT   NOT NULL,
    day           BIGINT NOT NULL,
    bytes_scanned BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day)
);

-- Sign-in -------------------------------------------------------------------------------------------------------------

-- Keys that sign access tokens, of the whole server; public_key is base64 of X.509, the private half is in sealed_values.
-- signs is 1 for the one that signs; the others verify until their last token has expired.
CREATE TABLE signing_keys (
    key_id         TEXT    NOT NULL PRIMARY KEY,
    public_key     TEXT    NOT NULL,
    signs          INTEGER UNIQUE,
    created_at     BIGINT  NOT NULL,
    verifies_until BIGINT
);

-- What one sign-in brought: access tokens name their family, refresh tokens belong to one. access_ended is 1 when the access
-- tokens ended with it; after a logout they live until they expire.
CREATE TABLE token_families (
    tenant_id    TEXT    NOT NULL,
    family_id    TEXT    NOT NULL,
    user_id      TEXT    NOT NULL,
    workspace_id TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    ended_at     BIGINT,
    access_ended INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, family_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);
CREATE INDEX token_families_by_user ON token_families (tenant_id, user_id);
CREATE INDEX token_families_by_expiry ON token_families (expires_at);

-- Each opens its family once; used ones are kept so that a second use is seen.
CREATE TABLE refresh_tokens (
    tenant_id  TEXT   NOT NULL,
    family_id  TEXT   NOT NULL,
    token_hash TEXT   NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (tenant_id, family_id, token_hash),
    FOREIGN KEY (tenant_id, family_id) REFERENCES token_families (tenant_id, family_id)
);

-- Attempts to sign in that failed, or run at this moment. A name is kept as its hash: people type passwords into that field.
-- It may be nobody's, so there is no tenant.
CREATE TABLE sign_in_failures (
    name_hash      TEXT    NOT NULL,
    network        TEXT    NOT NULL,
    failures       INTEGER NOT NULL,
    last_failed_at BIGINT  NOT NULL,
    PRIMARY KEY (name_hash, network)
);
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_failed_at);

-- Secrets and identity providers --------------------------------------------------------------------------------------

-- Keys that open sealed_values, by their ids; the keys themselves are never in the database. state is current (it seals) or
-- retiring (until what it sealed is sealed anew).
CREATE TABLE secret_keys (
    key_id     TEXT   NOT NULL PRIMARY KEY,
    state      TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE retired_secret_keys (
    key_id     TEXT   NOT NULL PRIMARY KEY,
    retired_at BIGINT NOT NULL
);

-- Every secret that the server must use again; tenant_id is zero for what belongs to the whole server.
CREATE TABLE sealed_values (
    tenant_id  TEXT   NOT NULL,
    purpose    TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    key_id     TEXT   NOT NULL REFERENCES secret_keys (key_id),
    sealed     TEXT   NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (tenant_id, purpose, name)
);
CREATE INDEX sealed_values_by_key ON sealed_values (key_id);
CREATE INDEX sealed_values_by_expiry ON sealed_values (expires_at);

-- Names of stored secrets; the values are in sealed_values under the purpose stored-secret.
CREATE TABLE stored_secrets (
    tenant_id  TEXT   NOT NULL REFERENCES tenants (tenant_id),
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    created_by TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

-- Whose tokens are taken. A name stands in the address of the sign-in, which names no tenant, and a token names its issuer and
-- audience alone: both are unique on the server. settings is JSON; a client secret is in sealed_values.
CREATE TABLE identity_providers (
    tenant_id  TEXT    NOT NULL REFERENCES tenants (tenant_id),
    name       TEXT    NOT NULL UNIQUE,
    issuer     TEXT    NOT NULL,
    audience   TEXT    NOT NULL,
    client_id  TEXT    NOT NULL,
    shown      INTEGER NOT NULL,
    settings   TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, name),
    UNIQUE (issuer, audience)
);

-- A user's roles are those of the provider's newest token; as_of is when that one was issued.
CREATE TABLE provided_roles (
    tenant_id TEXT   NOT NULL,
    user_id   TEXT   NOT NULL,
    as_of     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);

-- Browsers that were sent to a provider and have not come back. The secrets of such a sign-in are in the browser's cookie; here
-- are the hashes of the cookie and of the state.
CREATE TABLE sign_in_attempts (
    tenant_id    TEXT   NOT NULL,
    provider     TEXT   NOT NULL,
    state_hash   TEXT   NOT NULL UNIQUE,
    browser_hash TEXT   NOT NULL,
    return_to    TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, state_hash),
    FOREIGN KEY (tenant_id, provider) REFERENCES identity_providers (tenant_id, name)
);
CREATE INDEX sign_in_attempts_by_expiry ON sign_in_attempts (expires_at);
CREATE INDEX sign_in_attempts_by_address ON sign_in_attempts (address);

-- Audit ---------------------------------------------------------------------------------------------------------------

-- An entry is sealed once: it then has its place in the chain of its tenant and a hash over all its fields and the hash of
-- the entry before it. encoding says how the fields were made bytes of.
ALTER TABLE audit_entries ADD COLUMN sequence BIGINT;
ALTER TABLE audit_entries ADD COLUMN hash TEXT;
ALTER TABLE audit_entries ADD COLUMN encoding INTEGER;
CREATE UNIQUE INDEX audit_entries_by_sequence ON audit_entries (tenant_id, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX audit_entries_unsealed ON audit_entries (tenant_id, entry_id) WHERE sequence IS NULL;
DROP INDEX audit_entries_by_time;
CREATE INDEX audit_entries_by_at ON audit_entries (tenant_id, at, entry_id);
CREATE INDEX audit_entries_by_actor ON audit_entries (tenant_id, actor_name, at, entry_id);
CREATE INDEX audit_entries_by_resource ON audit_entries (tenant_id, resource, at, entry_id);
CREATE INDEX audit_entries_by_verb ON audit_entries (tenant_id, verb, at, entry_id);
CREATE INDEX audit_entries_by_outcome ON audit_entries (tenant_id, outcome, at, entry_id);

-- The chain of a tenant: its newest sealed entry, and the one up to which retention has removed all (sequence 0 and the
-- hash that a chain begins with, when nothing was). Who holds the lease seals; nobody's tenant has the id of zeros.
CREATE TABLE audit_heads (
    tenant_id     TEXT   NOT NULL PRIMARY KEY,
    sequence      BIGINT NOT NULL,
    hash          TEXT   NOT NULL,
    sealed_at     BIGINT NOT NULL,
    base_sequence BIGINT NOT NULL,
    base_hash     TEXT   NOT NULL,
    lease_owner   TEXT   NOT NULL,
    lease_until   BIGINT NOT NULL
);

-- Usage ---------------------------------------------------------------------------------------------------------------

-- calls is 1 in an entry of its own; more when the calls of a busy key are counted together, one entry a minute. prices is
-- what a unit of each cost then, in JSON; null: nothing.
ALTER TABLE usage_entries ADD COLUMN key_id TEXT;
ALTER TABLE usage_entries ADD COLUMN contract TEXT;
ALTER TABLE usage_entries ADD COLUMN calls BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_entries ADD COLUMN statements BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_entries ADD COLUMN bytes_loaded BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_entries ADD COLUMN job_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_entries ADD COLUMN model_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_entries ADD COLUMN prices TEXT;
UPDATE usage_entries SET statements = 1 WHERE kind = 'statement';
UPDATE usage_entries SET bytes_loaded = bytes_scanned, bytes_scanned = 0, job_ms = elapsed_ms WHERE kind = 'load';
CREATE INDEX usage_entries_by_user ON usage_entries (tenant_id, user_id, at, entry_id);
