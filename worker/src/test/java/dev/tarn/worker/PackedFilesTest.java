package dev.tarn.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions.Format;
import dev.tarn.worker.protocol.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed files, archives and encodings. */
class PackedFilesTest extends Loading {
    private static final String TEXT = "a,b\n1,x\n2,ü€\n";

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** An archive of names and texts in turn. */
    static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private void assertLoads(String name, byte[] file) throws IOException, SQLException {
        assertThat(lines(load(request().file(name, file)))).containsExactly("1~x", "2~ü€");
    }

    private Failure refused(String name, byte[] file) throws IOException {
        Failure failure = failure(request().file(name, file));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure.message()).contains(name);
        return failure;
    }

    @Test
    void compressionIsToldByTheBytes() throws IOException, SQLException {
        assertLoads("a.csv", bytes(TEXT));
        assertLoads("a.csv.gz", gzip(bytes(TEXT)));
        assertLoads("a.csv", gzip(bytes(TEXT)));
        assertLoads("a.csv.zst", Zstd.compress(bytes(TEXT)));
        assertLoads("a.zip", zip("a.csv", TEXT));
        byte[] members = joined(gzip(bytes("a,b\n1,x")), gzip(bytes("")), gzip(bytes("\n2,ü€\n")));
        assertLoads("members.gz", members);
        assertLoads("padded.gz", joined(members, new byte[512]));
        assertLoads("frames.zst", joined(Zstd.compress(bytes("a,b\n1,x")), Zstd.compress(bytes("\n2,ü€\n"))));
    }

    @Test
    void theFilesOfAnArchiveAreOneTable() throws IOException, SQLException {
        byte[] zip = zip(
                "sub/",
                "",
                "sub/b.csv",
                "a,b\n1,x\n",
                "__MACOSX/._b.csv",
                "junk",
                ".DS_Store",
                "junk",
                "c.csv",
                "b,a\ny,2\n");
        Message.Loaded loaded = load(request().file("all.zip", zip));
        assertThat(lines(loaded)).containsExactly("1~x", "2~y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.csv", "x/../../a.csv", "/etc/a.csv", "C:\\a.csv", "x\\..\\a.csv"})
    void anEntryThatLeadsOutOfTheArchiveIsRefused(String entry) throws IOException {
        assertThat(refused("evil.zip", zip("ok.csv", TEXT, entry, TEXT)).message())
                .contains("leads out");
    }

    @Test
    void whatIsCutOffOrDamagedIsRefused() throws IOException, SQLException {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i)
                    .append(',')
                    .append(Integer.toHexString(i * 0x9E3779B9))
                    .append('\n');
        }
        byte[] plain = bytes(text.toString());
        for (byte[] packed : List.of(gzip(plain), Zstd.compress(plain, 3), zip("a.csv", text.toString()))) {
            assertThat(load(request().file("whole", packed)).rows()).isEqualTo(200_000);
            for (int cut : new int[] {20, packed.length / 2, packed.length - 3}) {
                refused("cut", Arrays.copyOf(packed, cut));
            }
            byte[] damaged = packed.clone();
            for (int i = packed.length / 2; i < packed.length / 2 + 64; i++) {
                damaged[i] ^= 0x55;
            }
            // What is damaged may still unpack to something, which is no row; only at the end a checksum tells more.
            assertThat(failure(request().file("damaged", damaged)).kind()).isIn(Kind.BAD_FILE, Kind.BAD_ROW);
            assertThat(failure(request().file("damaged", damaged).skipping()).kind())
                    .isEqualTo(Kind.BAD_FILE);
        }
        refused("tail.gz", joined(gzip(bytes(TEXT)), bytes("rubbish")));
        refused("tail.gz", joined(gzip(bytes(TEXT)), Arrays.copyOf(gzip(bytes("3,z\n")), 5)));
    }

    @Test
    void aChecksumThatDiffersIsRefused() throws IOException {
        byte[] gzip = gzip(bytes(TEXT));
        gzip[gzip.length - 8] ^= 1;
        refused("a.gz", gzip);
        byte[] zip = storedZip("a.csv", bytes(TEXT));
        int data = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("1,x");
        zip[data] = '7';
        refused("a.zip", zip);
    }

    private static byte[] storedZip(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void encryptedAndNestedAndForeignArchivesAreRefused() throws IOException {
        byte[] encrypted = zip("a.csv", TEXT);
        String latin = new String(encrypted, java.nio.charset.StandardCharsets.ISO_8859_1);
        encrypted[6] |= 1;
        encrypted[latin.indexOf("PK\1\2") + 8] |= 1;
        assertThat(refused("secret.zip", encrypted).message()).contains("encrypted");
        assertThat(refused("twice.gz", gzip(gzip(bytes(TEXT)))).message()).contains("only once");
        assertThat(refused("zip.gz", gzip(zip("a.csv", TEXT))).message()).contains("only once");
        assertThat(refused("old.xls", new byte[] {
                            (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0
                        })
                        .message())
                .contains("save it as .xlsx");
        assertThat(refused("a.bz2", bytes("BZh91AY&SY")).message()).contains("bzip2");
        assertThat(refused("none.zip", zip("__MACOSX/x", "")).message()).contains("no file");
        assertThat(refused("a.docx", zip("[Content_Types].xml", "", "word/document.xml", ""))
                        .message())
                .contains("without a workbook");
    }

    @Test
    @Tag("slow")
    void aBombIsRefusedBeforeItFillsAnything() throws IOException {
        Path bomb = folder.resolve("bomb.zip");
        byte[] rows = bytes(("1," + "x".repeat(1_021) + "\n").repeat(1 << 10));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            for (int entry = 0; entry < 3; entry++) {
                zip.putNextEntry(new ZipEntry(entry + ".csv"));
                zip.write(bytes("a,b\n"));
                for (int i = 0; i < 450; i++) {
                    zip.write(rows);
                }
            }
        }
        Failure failure = failure(request().file("bomb.zip", bomb));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure.message()).contains("bomb.zip").contains("looks like a zip bomb");
        Files.delete(bomb);
    }

    @Test
    void encodingsAreFoundOrTold() throws IOException, SQLException {
        String text = TEXT + "3,🎈\n";
        for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
            byte[] marked = ("\uFEFF" + text).getBytes(Charset.forName(charset));
            Message.Loaded loaded = load(request().file("marked.csv", marked));
            assertThat(lines(loaded)).containsExactly("1~x", "2~ü€", "3~🎈");
            assertThat(loaded.options().encoding()).isEqualToIgnoringCase(charset);
        }
        for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
            byte[] unmarked = (text + "4,plain text\n").getBytes(Charset.forName(charset));
            assertThat(lines(load(request().file("unmarked.csv", unmarked)))).hasSize(4);
        }
        byte[] windows = TEXT.getBytes(Charset.forName("windows-1252"));
        Message.Loaded latin =
                load(request().file("l.csv", windows).options(LoadRequest.told().encoding("latin1")));
        assertThat(lines(latin)).containsExactly("1~x", "2~ü€");
        byte[] japanese = "a,b\n1,日本\n".getBytes(Charset.forName("Shift_JIS"));
        assertThat(lines(load(request()
                        .file("j.csv", japanese)
                        .options(LoadRequest.told().encoding("shift_jis")))))
                .containsExactly("1~日本");
    }

    @Test
    void bytesThatDoNotBelongToTheEncodingHaveTheirLine() throws IOException {
        Failure failure = failure(request().file("a.csv", TEXT.getBytes(Charset.forName("windows-1252"))));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.message()).contains("encoding=latin1");
        byte[] half = joined(
                "\uFEFFa,b\n1,x\n2,".getBytes(Charset.forName("UTF-16LE")),
                new byte[] {0x00, (byte) 0xD8, 'z', 0, '\n', 0});
        Failure surrogate = failure(request().file("a.csv", half));
        assertThat(surrogate.line()).isEqualTo(3);
        assertThat(surrogate.message()).contains("utf-16le");
        assertThat(failure(request()
                                .file("a.csv", TEXT)
                                .options(LoadRequest.told().encoding("klingon")))
                        .message())
                .contains("klingon");
    }

    @Test
    void allFilesMustBeOfOneFormat() throws IOException {
        Failure failure = failure(request().file("a.csv", TEXT).file("b.json", "{}"));
        assertThat(failure.message()).contains("a.csv is CSV").contains("b.json is JSON");
        assertThat(failure(request()
                                .file("a.csv", TEXT)
                                .options(LoadRequest.told().format(Format.XLSX)))
                        .kind())
                .isEqualTo(Kind.BAD_FILE);
    }
}
