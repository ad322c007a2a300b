package dev.tarn;

import dev.tarn.RunningServer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A load whose bytes come one by one until it is closed or cancelled. */
final class RunningLoad implements AutoCloseable {
    private final TenantUnderTest tenant;
    private final UUID id = UUID.randomUUID();
    private final Dripping body = new Dripping();
    private final CompletableFuture<Reply> answer;

    private RunningLoad(TenantUnderTest tenant) {
        this.tenant = tenant;
        this.answer = CompletableFuture.supplyAsync(() -> tenant.server()
                .sendBody(
                        "POST",
                        "/tarn/v1/loads?id=%s&table=%s".formatted(id, tenant.thing("new_table")),
                        HttpRequest.BodyPublishers.ofInputStream(() -> body),
                        "Authorization",
                        "Bearer " + tenant.key(),
                        "Content-Type",
                        "text/csv"));
    }

    /** Starts one and waits until it is listed. */
    static RunningLoad start(TenantUnderTest tenant) {
        RunningLoad load = new RunningLoad(tenant);
        long end = System.nanoTime() + 10_000_000_000L;
        while (!load.runs()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("No load could be started");
            }
        }
        return load;
    }

    String id() {
        return id.toString();
    }

    boolean runs() {
        Reply reply =
                tenant.server().send("GET", "/tarn/v1/loads/" + id, null, "Authorization", "Bearer " + tenant.key());
        return reply.status() == 200 && reply.json().path("state").asString("").equals("receiving");
    }

    @Override
    public void close() {
        tenant.server().send("DELETE", "/tarn/v1/loads/" + id, null, "Authorization", "Bearer " + tenant.key());
        body.ended = true;
        answer.join();
    }

    /** A row every few milliseconds. */
    private static final class Dripping extends InputStream {
        private volatile boolean ended;
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (ended) {
                return -1;
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
            target[offset] = (byte) (at++ % 2 == 0 ? '1' : '\n');
            return 1;
        }
    }
}
