package dev.tarn.contracts;

import tools.jackson.databind.JsonNode;

/** What a contract promises of its clients: a call of the SDK, a command, a tool of the agent. */
record ClientOperation(String name, String summary, State state) {
    static ClientOperation of(JsonNode node) {
        return new ClientOperation(
                node.path("name").asString(""),
                node.path("summary").asString(""),
                State.of(node.path("x-tarn-state").asString("")));
    }
}
