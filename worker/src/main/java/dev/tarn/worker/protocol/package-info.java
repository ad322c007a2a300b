/**
 * What the server and a worker say to each other over one Unix domain socket: records, and one codec for them. Depends on
 * the JDK alone, so that the server can use it without DuckDB or Arrow on its class path.
 */
@NullMarked
package dev.tarn.worker.protocol;

import org.jspecify.annotations.NullMarked;
