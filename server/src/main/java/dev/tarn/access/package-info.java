/** Who calls and what they may do: tenants, workspaces, users, keys, sessions, roles, grants and the audit trail. */
@ApplicationModule(allowedDependencies = "platform")
@NullMarked
package dev.tarn.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
