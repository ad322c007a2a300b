package dev.tarn.api.tarn;

import java.util.UUID;

/** Something of which only id and name are shown. */
record Named(UUID id, String name) {}
