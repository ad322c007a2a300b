package dev.tarn.worker.protocol;

import java.io.IOException;

/** The other side does not speak this protocol: the connection cannot be used any more. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
