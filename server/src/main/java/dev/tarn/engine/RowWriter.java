package dev.tarn.engine;

import tools.jackson.core.JsonGenerator;

/** The frame of a row in either shape. */
final class RowWriter {
    private RowWriter() {}

    static void start(JsonGenerator json, QueryResult.RowShape shape) {
        switch (shape) {
            case OBJECT -> json.writeStartObject();
            case ARRAY -> json.writeStartArray();
        }
    }

    static void name(JsonGenerator json, QueryResult.RowShape shape, String name) {
        if (shape == QueryResult.RowShape.OBJECT) {
            json.writeName(name);
        }
    }

    static void end(JsonGenerator json, QueryResult.RowShape shape) {
        switch (shape) {
            case OBJECT -> json.writeEndObject();
            case ARRAY -> json.writeEndArray();
        }
    }
}
