/** Tarn's API as a client sees it: addresses, credentials, requests, answers read without loss. */
@NullMarked
package dev.tarn.cli.client;

import org.jspecify.annotations.NullMarked;
