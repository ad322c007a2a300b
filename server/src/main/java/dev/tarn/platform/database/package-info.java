/** The platform's metadata database: one schema and one SQL subset on SQLite and PostgreSQL. */
@NullMarked
package dev.tarn.platform.database;

import org.jspecify.annotations.NullMarked;
