@NullMarked
package dev.tarn.platform.network;

import org.jspecify.annotations.NullMarked;
