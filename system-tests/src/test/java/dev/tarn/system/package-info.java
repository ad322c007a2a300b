/**
 * The server as its users and its machine meet it: real processes, HTTP, kills, full disks.
 *
 * <p>A test's name is a sentence; what it needs of a server is {@link dev.tarn.system.ServerUnderTest}. Random moments come
 * from a printed seed ({@code -Dtarn.seed}).
 */
@NullMarked
package dev.tarn.system;

import org.jspecify.annotations.NullMarked;
