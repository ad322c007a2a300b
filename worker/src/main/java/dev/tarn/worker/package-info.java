/** The child process: it parses, explains and runs SQL and reads and writes data files, and knows nothing of tenants. */
@NullMarked
package dev.tarn.worker;

import org.jspecify.annotations.NullMarked;
