@NullMarked
package dev.tarn.api.datalynxr;

import org.jspecify.annotations.NullMarked;
