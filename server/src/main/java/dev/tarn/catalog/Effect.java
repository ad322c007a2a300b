package dev.tarn.catalog;

import org.apache.iceberg.rest.RESTResponse;

/** What a change that another engine asked for has come to, as it is told in the transaction that makes it true. */
public sealed interface Effect {
    /** A table or view is at that metadata file from then on. */
    record Metadata(String location) implements Effect {}

    /** This is the answer. */
    record Told(RESTResponse answer) implements Effect {}

    /** There is no more to tell. */
    record Nothing() implements Effect {}
}
