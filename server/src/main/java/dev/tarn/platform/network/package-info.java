/** Addresses of the network: ranges of them, and which are public. */
@NullMarked
package dev.tarn.platform.network;

import org.jspecify.annotations.NullMarked;
