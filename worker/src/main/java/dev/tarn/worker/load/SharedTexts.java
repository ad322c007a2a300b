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

/**
 * The texts that cells refer to by number. A workbook of a million rows can have hundreds of megabytes of them, so they lie in a
 * file, and only the blocks that were used last are in memory.
 */
final class SharedTexts implements AutoCloseable {
    private static final int MOST = 16 << 20;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS = 256;

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

    private SharedTexts(String name, Path file, FileChannel channel) {
        this.name = name;
        this.file = file;
        this.channel = channel;
    }

    static SharedTexts of(WorkbookFile workbook, String part, String name, Path scratch) throws IOException {
        Path file = Files.createTempFile(scratch, "texts", "");
        SharedTexts texts = new SharedTexts(name, file, FileChannel.open(file));
        try {
            if (workbook.has(part)) {
                texts.fill(workbook, part);
            }
            return texts;
        } catch (IOException | RuntimeException e) {
            texts.close();
            throw e;
        }
    }

    private void fill(WorkbookFile workbook, String part) throws IOException {
        long size = 0;
        StringBuilder text = new StringBuilder();
        try (Xml xml = Xml.of(name, workbook.part(part));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BLOCK_BYTES)) {
            while (xml.next()) {
                if (xml.starts("si")) {
                    text.setLength(0);
                    appendRichText(xml, "si", text);
                    byte[] bytes = SheetText.unescaped(text).getBytes(UTF_8);
                    out.write(bytes);
                    size += bytes.length;
                    add(size);
                }
            }
        }
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
        if (index < 0 || index >= count) {
            throw SourceException.badFile(name + " is damaged: a cell refers to a text that is not there");
        }
        long from = Integer.toUnsignedLong(offsets[index]);
        int length = (int) (Integer.toUnsignedLong(offsets[index + 1]) - from);
        byte[] text = new byte[length];
        for (int done = 0; done < length; ) {
            byte[] block = block((from + done) / BLOCK_BYTES);
            int at = (int) ((from + done) % BLOCK_BYTES);
            int part = Math.min(length - done, block.length - at);
            System.arraycopy(block, at, text, done, part);
            done += part;
        }
        return text;
    }

    private byte[] block(long number) throws IOException {
        byte[] known = blocks.get(number);
        if (known != null) {
            return known;
        }
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
        channel.close();
        Files.deleteIfExists(file);
    }
}
