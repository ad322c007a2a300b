/** The network: ranges of addresses, and calls to URLs that a tenant names. */
@NullMarked
package dev.tarn.platform.network;

import org.jspecify.annotations.NullMarked;
