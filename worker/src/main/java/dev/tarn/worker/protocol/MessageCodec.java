package dev.tarn.worker.protocol;

import dev.tarn.worker.protocol.Message.Cancel;
import dev.tarn.worker.protocol.Message.Chunk;
import dev.tarn.worker.protocol.Message.Done;
import dev.tarn.worker.protocol.Message.Failed;
import dev.tarn.worker.protocol.Message.Load;
import dev.tarn.worker.protocol.Message.Loaded;
import dev.tarn.worker.protocol.Message.Parse;
import dev.tarn.worker.protocol.Message.Parsed;
import dev.tarn.worker.protocol.Message.Ping;
import dev.tarn.worker.protocol.Message.Pong;
import dev.tarn.worker.protocol.Message.Progress;
import dev.tarn.worker.protocol.Message.Ready;
import dev.tarn.worker.protocol.Message.Run;

/** The kind byte and payload of every message. Server and worker are of one build, so there is no version to negotiate. */
final class MessageCodec {
    private static final byte PARSE = 1;
    private static final byte RUN = 2;
    private static final byte LOAD = 3;
    private static final byte CANCEL = 4;
    private static final byte PING = 5;
    private static final byte READY = 17;
    private static final byte PONG = 18;
    private static final byte PARSED = 19;
    private static final byte CHUNK = 20;
    private static final byte PROGRESS = 21;
    private static final byte DONE = 22;
    private static final byte LOADED = 23;
    private static final byte FAILED = 24;

    private MessageCodec() {}

    static void encode(Message message, FrameOutput out) {
        switch (message) {
            case Parse parse -> {
                start(out, PARSE, parse.id());
                out.putString(parse.sql());
            }
            case Run run -> {
                start(out, RUN, run.id());
                TaskCodec.putQuery(out, run.query());
            }
            case Load load -> {
                start(out, LOAD, load.id());
                TaskCodec.putLoadTask(out, load.task());
            }
            case Cancel cancel -> start(out, CANCEL, cancel.id());
            case Ping ping -> start(out, PING, ping.id());
            case Ready ready -> {
                start(out, READY, ready.pid());
                out.putString(ready.engineVersion());
            }
            case Pong pong -> start(out, PONG, pong.id());
            case Parsed parsed -> {
                start(out, PARSED, parsed.id());
                out.putString(parsed.syntaxTree());
            }
            case Chunk chunk -> {
                start(out, CHUNK, chunk.id());
                out.putBytes(chunk.bytes());
            }
            case Progress progress -> {
                start(out, PROGRESS, progress.id());
                out.putDouble(progress.fraction());
                out.putLong(progress.rows());
            }
            case Done done -> {
                start(out, DONE, done.id());
                out.putLong(done.rows());
                out.putLong(done.bytesScanned());
            }
            case Loaded loaded -> {
                start(out, LOADED, loaded.id());
                TaskCodec.putLoaded(out, loaded);
            }
            case Failed failed -> {
                start(out, FAILED, failed.id());
                TaskCodec.putFailure(out, failed.failure());
            }
        }
    }

    static Message decode(FrameInput in) throws ProtocolException {
        byte kind = in.takeByte();
        long id = in.takeLong();
        Message message = switch (kind) {
            case PARSE -> new Parse(id, in.takeString());
            case RUN -> new Run(id, TaskCodec.takeQuery(in));
            case LOAD -> new Load(id, TaskCodec.takeLoadTask(in));
            case CANCEL -> new Cancel(id);
            case PING -> new Ping(id);
            case READY -> new Ready(id, in.takeString());
            case PONG -> new Pong(id);
            case PARSED -> new Parsed(id, in.takeString());
            case CHUNK -> new Chunk(id, in.takeBytes());
            case PROGRESS -> new Progress(id, in.takeDouble(), in.takeLong());
            case DONE -> new Done(id, in.takeLong(), in.takeLong());
            case LOADED -> TaskCodec.takeLoaded(in, id);
            case FAILED -> new Failed(id, TaskCodec.takeFailure(in));
            default -> throw new ProtocolException("Unknown kind of frame: " + kind);
        };
        in.end();
        return message;
    }

    private static void start(FrameOutput out, byte kind, long id) {
        out.putByte(kind);
        out.putLong(id);
    }
}
