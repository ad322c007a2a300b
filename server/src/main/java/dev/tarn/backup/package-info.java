/** Metadata and secrets in one encrypted file, and back. The tables' own files stay where they are. */
@ApplicationModule(allowedDependencies = {"platform", "storage"})
@NullMarked
package dev.tarn.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
