package dev.tarn.cli.sample;

import java.io.InputStream;
import java.util.function.Supplier;

/** One table of the sample. Every call of {@code csv} gives the same bytes from the start. */
public record SampleTable(String name, Supplier<InputStream> csv) {}
