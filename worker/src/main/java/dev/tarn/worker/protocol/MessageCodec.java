package dev.tarn.worker.protocol;

import dev.tarn.worker.protocol.Message.Cancel;
import dev.tarn.worker.protocol.Message.Change;
import dev.tarn.worker.protocol.Message.Changed;
import dev.tarn.worker.protocol.Message.Chunk;
import dev.tarn.worker.protocol.Message.Done;
import dev.tarn.worker.protocol.Message.Export;
import dev.tarn.worker.protocol.Message.Exported;
import dev.tarn.worker.protocol.Message.Failed;
import dev.tarn.worker.protocol.Message.Load;
import dev.tarn.worker.protocol.Message.Loaded;
import dev.tarn.worker.protocol.Message.Materialize;
import dev.tarn.worker.protocol.Message.Materialized;
import dev.tarn.worker.protocol.Message.Parse;
import dev.tarn.worker.protocol.Message.Parsed;
import dev.tarn.worker.protocol.Message.Ping;
import dev.tarn.worker.protocol.Message.Pong;
import dev.tarn.worker.protocol.Message.PreviewFiles;
import dev.tarn.worker.protocol.Message.Previewed;
import dev.tarn.worker.protocol.Message.Progress;
import dev.tarn.worker.protocol.Message.Ready;
import dev.tarn.worker.protocol.Message.Rewrite;
import dev.tarn.worker.protocol.Message.Run;

/** The kind byte and payload of every message. Server and worker are of one build, so there is no version to negotiate. */
final class MessageCodec {
    private static final byte PARSE = 1;
    private static final byte RUN = 2;
    private static final byte LOAD = 3;
    private static final byte CANCEL = 4;
    private static final byte PING = 5;
    private static final byte EXPORT = 6;
    private static final byte MATERIALIZE = 7;
    private static final byte PREVIEW = 8;
    private static final byte CHANGE = 9;
    private static final byte REWRITE = 10;
    private static final byte READY = 17;
    private static final byte PONG = 18;
    private static final byte PARSED = 19;
    private static final byte CHUNK = 20;
    private static final byte PROGRESS = 21;
    private static final byte DONE = 22;
    private static final byte LOADED = 23;
    private static final byte FAILED = 24;
    private static final byte EXPORTED = 25;
    private static final byte MATERIALIZED = 26;
    private static final byte PREVIEWED = 27;
    private static final byte CHANGED = 28;

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
            case Export export -> {
                start(out, EXPORT, export.id());
                TaskCodec.putQuery(out, export.query());
                TaskCodec.putExportTask(out, export.task());
            }
            case Materialize materialize -> {
                start(out, MATERIALIZE, materialize.id());
                TaskCodec.putQuery(out, materialize.query());
                TaskCodec.putMaterializeTask(out, materialize.task());
            }
            case Change change -> {
                start(out, CHANGE, change.id());
                TaskCodec.putQuery(out, change.query());
                ChangeCodec.putTask(out, change.task());
            }
            case Rewrite rewrite -> {
                start(out, REWRITE, rewrite.id());
                ChangeCodec.putRewrite(out, rewrite.task());
            }
            case PreviewFiles preview -> {
                start(out, PREVIEW, preview.id());
                LoadCodec.putLoadTask(out, preview.task());
                out.putInt(preview.rows());
            }
            case Load load -> {
                start(out, LOAD, load.id());
                LoadCodec.putLoadTask(out, load.task());
            }
            case Cancel cancel -> start(out, CANCEL, cancel.id());
            case Ping ping -> start(out, PING, ping.id());
            case Ready ready -> {
                start(out, READY, ready.pid());
                out.putString(ready.engineVersion());
                out.putList(ready.fences(), out::putString);
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
            case Exported exported -> {
                start(out, EXPORTED, exported.id());
                out.putLong(exported.rows());
                out.putLong(exported.bytes());
                out.putLong(exported.bytesScanned());
            }
            case Materialized materialized -> {
                start(out, MATERIALIZED, materialized.id());
                LoadCodec.putColumns(out, materialized.columns());
                LoadCodec.putFiles(out, materialized.files());
                out.putLong(materialized.rows());
                out.putLong(materialized.bytesScanned());
            }
            case Changed changed -> {
                start(out, CHANGED, changed.id());
                ChangeCodec.putChanged(out, changed);
            }
            case Previewed previewed -> {
                start(out, PREVIEWED, previewed.id());
                LoadCodec.putPreview(out, previewed.preview());
            }
            case Loaded loaded -> {
                start(out, LOADED, loaded.id());
                LoadCodec.putLoaded(out, loaded);
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
            case EXPORT -> new Export(id, TaskCodec.takeQuery(in), TaskCodec.takeExportTask(in));
            case MATERIALIZE -> new Materialize(id, TaskCodec.takeQuery(in), TaskCodec.takeMaterializeTask(in));
            case CHANGE -> new Change(id, TaskCodec.takeQuery(in), ChangeCodec.takeTask(in));
            case REWRITE -> new Rewrite(id, ChangeCodec.takeRewrite(in));
            case PREVIEW -> new PreviewFiles(id, LoadCodec.takeLoadTask(in), in.takeInt());
            case LOAD -> new Load(id, LoadCodec.takeLoadTask(in));
            case CANCEL -> new Cancel(id);
            case PING -> new Ping(id);
            case READY -> new Ready(id, in.takeString(), in.takeList(in::takeString));
            case PONG -> new Pong(id);
            case PARSED -> new Parsed(id, in.takeString());
            case CHUNK -> new Chunk(id, in.takeBytes());
            case PROGRESS -> new Progress(id, in.takeDouble(), in.takeLong());
            case DONE -> new Done(id, in.takeLong(), in.takeLong());
            case EXPORTED -> new Exported(id, in.takeLong(), in.takeLong(), in.takeLong());
            case MATERIALIZED ->
                new Materialized(id, LoadCodec.takeColumns(in), LoadCodec.takeFiles(in), in.takeLong(), in.takeLong());
            case CHANGED -> ChangeCodec.takeChanged(in, id);
            case PREVIEWED -> new Previewed(id, LoadCodec.takePreview(in));
            case LOADED -> LoadCodec.takeLoaded(in, id);
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
