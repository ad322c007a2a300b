/** Commands about who may do what: users, roles, grants, keys, tenants, workspaces, secrets, usage. */
@org.jspecify.annotations.NullMarked
package dev.tarn.cli.access;
