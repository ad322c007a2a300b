package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.source.SourceException;
import dev.tarn.worker.source.WorkbookFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts that cells refer to by number. A workbook of a million rows can have hundreds of megabytes of them, so they lie in a
 * file, and only the blocks that were used last are in memory.
 */
final class SharedTexts implements AutoCloseable {
    private static final int MOST = 16 << 20;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS = 256;
    private static final int AHEAD = 4_096;

    private final String name;
    private final Path file;
    private final FileChannel channel;
    /** Where texts begin, and behind the last one its end; unsigned. */
    private int[] offsets = new int[1_024];

    private int count;

    private final Map<Long, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > BLOCKS;
        }
    };

    private final OutputStream out;
    private @Nullable Xml xml;
    private final StringBuilder text = new StringBuilder();
    private long size;

    private SharedTexts(String name, Path file, @Nullable Xml xml) throws IOException {
        this.name = name;
        this.file = file;
        this.xml = xml;
        this.channel = FileChannel.open(file);
        this.out = new BufferedOutputStream(Files.newOutputStream(file), BLOCK_BYTES);
    }

    static SharedTexts of(WorkbookFile workbook, String part, String name, Path scratch) throws IOException {
        Xml xml = workbook.has(part) ? Xml.of(name, workbook.part(part)) : null;
        return new SharedTexts(name, Files.createTempFile(scratch, "texts", ""), xml);
    }

    /** Reads texts until there are {@code wanted}: whoever looks at the first rows alone needs the first texts alone. */
    private void read(int wanted) throws IOException {
        Xml open = xml;
        while (open != null && count < wanted) {
            if (!open.next()) {
                open.close();
                open = null;
            } else if (open.starts("si")) {
                text.setLength(0);
                appendRichText(open, "si", text);
                byte[] bytes = SheetText.unescaped(text).getBytes(UTF_8);
                out.write(bytes);
                size += bytes.length;
                add(size);
            }
        }
        xml = open;
    }

    private void add(long end) throws SourceException {
        if (count + 1 >= MOST || end > 0xFFFF_FFFFL) {
            throw SourceException.badFile(name + " has more different texts than can be read: at most " + MOST
                    + " of 4 GB together; save the sheet as CSV");
        }
        if (count + 2 > offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[++count] = (int) end;
    }

    /** The runs of a text that may change its look on the way, without what tells how it is pronounced. */
    static void appendRichText(Xml xml, String element, StringBuilder text) throws IOException {
        int phonetic = 0;
        while (xml.next() && !xml.ends(element)) {
            if (xml.name().equals("rPh")) {
                phonetic += xml.isStart() ? 1 : -1;
            } else if (xml.starts("t") && phonetic == 0) {
                xml.appendText(text);
            }
        }
    }

    byte[] text(int index) throws IOException {
        if (index >= count) {
            read(Math.max(index + 1, count + AHEAD));
        }
        if (index < 0 || index >= count) {
            throw SourceException.badFile(name + " is damaged: a cell refers to a text that is not there");
        }
        long from = Integer.toUnsignedLong(offsets[index]);
        int length = (int) (Integer.toUnsignedLong(offsets[index + 1]) - from);
        byte[] text = new byte[length];
        for (int done = 0; done < length; ) {
            int at = (int) ((from + done) % BLOCK_BYTES);
            int part = Math.min(length - done, BLOCK_BYTES - at);
            byte[] block = block((from + done) / BLOCK_BYTES, at + part);
            System.arraycopy(block, at, text, done, part);
            done += part;
        }
        return text;
    }

    /** A block with at least so many bytes; the last one may have become longer since it was read. */
    private byte[] block(long number, int needed) throws IOException {
        byte[] known = blocks.get(number);
        if (known != null && known.length >= needed) {
            return known;
        }
        out.flush();
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK_BYTES);
        int read = 1;
        while (buffer.hasRemaining() && read > 0) {
            read = channel.read(buffer, number * BLOCK_BYTES + buffer.position());
        }
        byte[] block = Arrays.copyOf(buffer.array(), buffer.position());
        blocks.put(number, block);
        return block;
    }

    @Override
    public void close() throws IOException {
        if (xml != null) {
            xml.close();
        }
        out.close();
        channel.close();
        Files.deleteIfExists(file);
    }
}
