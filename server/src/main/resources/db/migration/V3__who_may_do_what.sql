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
INSERT INTO numbers (kind, newest) SELECT 'user', count(*) FROM users;
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

-- Sign-in -------------------------------------------------------------------------------------------------------------

-- Secrets and identity providers --------------------------------------------------------------------------------------

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
