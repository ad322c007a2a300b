package dev.tarn.worker.statement;

import dev.tarn.worker.protocol.Message;
import java.io.IOException;

/** Where a task puts what it has to say. */
@FunctionalInterface
public interface Replies {
    void send(Message.Reply reply) throws IOException;
}
