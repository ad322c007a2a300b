/** The command line: it talks to a server over HTTP, and shares no code with it. */
@NullMarked
package dev.tarn.cli;

import org.jspecify.annotations.NullMarked;
