package dev.tarn.worker.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The parts of an XLSX file of one sheet (ECMA-376); the sheet comes last and is written through as it grows. */
final class Workbook {
    static final int PLAIN = 0;
    static final int HEADER = 1;
    static final int DATE = 2;
    static final int TIMESTAMP = 3;
    static final int TIME = 4;

    /** Good enough for XML, and three times as fast as the default. */
    private static final int COMPRESSION_LEVEL = 2;

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String SCHEMAS = "http://schemas.openxmlformats.org/";
    private static final String MAIN = " xmlns=\"" + SCHEMAS + "spreadsheetml/2006/main\"";
    private static final String RELATIONSHIPS = "<Relationships xmlns=\"" + SCHEMAS + "package/2006/relationships\">";
    private static final String DOCUMENT = SCHEMAS + "officeDocument/2006/relationships";
    private static final String SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private final ZipOutputStream zip;

    Workbook(OutputFile out) {
        zip = new ZipOutputStream(new Unclosed(out));
        zip.setLevel(COMPRESSION_LEVEL);
    }

    void writeParts() throws IOException {
        part(
                "[Content_Types].xml",
                XML + "<Types xmlns=\"" + SCHEMAS
                        + "package/2006/content-types\"><Default Extension=\"rels\""
                        + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        + override("/xl/workbook.xml", "sheet.main")
                        + override("/xl/worksheets/sheet1.xml", "worksheet")
                        + override("/xl/styles.xml", "styles") + "</Types>");
        part(
                "_rels/.rels",
                XML + RELATIONSHIPS + relationship(1, "officeDocument", "xl/workbook.xml") + "</Relationships>");
        part(
                "xl/_rels/workbook.xml.rels",
                XML + RELATIONSHIPS
                        + relationship(1, "worksheet", "worksheets/sheet1.xml")
                        + relationship(2, "styles", "styles.xml")
                        + "</Relationships>");
        part(
                "xl/workbook.xml",
                XML + "<workbook" + MAIN + " xmlns:r=\"" + DOCUMENT
                        + "\"><workbookPr date1904=\"false\"/><sheets><sheet name=\"Result\" sheetId=\"1\" r:id=\"rId1\"/>"
                        + "</sheets></workbook>");
        part(
                "xl/styles.xml",
                XML + "<styleSheet" + MAIN
                        + "><numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
                        + "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>"
                        + "<numFmt numFmtId=\"166\" formatCode=\"hh:mm:ss\"/></numFmts>"
                        + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                        + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                        + "<cellXfs count=\"5\">" + style(0, 0) + style(0, 1) + style(164, 0) + style(165, 0)
                        + style(166, 0)
                        + "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
                        + "</styleSheet>");
    }

    /** Opens the sheet; its first row stays in sight. {@code columns} is the XML of the columns' widths. */
    ByteTarget openSheet(String columns) throws IOException {
        zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
        ByteTarget sheet = new Buffered(zip);
        sheet.put(XML + "<worksheet" + MAIN + "><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\">"
                + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                + "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>" + columns + "<sheetData>");
        return sheet;
    }

    void finish(ByteTarget sheet) throws IOException {
        sheet.put("</sheetData></worksheet>");
        ((Buffered) sheet).flush();
        zip.closeEntry();
        zip.finish();
    }

    private void part(String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(UTF_8));
        zip.closeEntry();
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"" + part + "\" ContentType=\"" + SHEET_TYPE + type + "+xml\"/>";
    }

    private static String relationship(int id, String type, String target) {
        return "<Relationship Id=\"rId" + id + "\" Type=\"" + DOCUMENT + "/" + type + "\" Target=\"" + target + "\"/>";
    }

    private static String style(int format, int font) {
        return "<xf numFmtId=\"" + format + "\" fontId=\"" + font
                + "\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>";
    }

    /** The archive ends before its file does. */
    private static final class Unclosed extends OutputStream {
        private final OutputFile out;

        Unclosed(OutputFile out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.put(b);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            if (length > 1 << 16) {
                out.write(ByteBuffer.wrap(bytes, start, length));
            } else {
                out.put(bytes, start, length);
            }
        }
    }

    private static final class Buffered implements ByteTarget {
        private final OutputStream out;
        private final byte[] buffer = new byte[1 << 16];
        private int size;

        Buffered(OutputStream out) {
            this.out = out;
        }

        @Override
        public void put(int value) throws IOException {
            if (size == buffer.length) {
                flush();
            }
            buffer[size++] = (byte) value;
        }

        @Override
        public void put(byte[] bytes, int start, int length) throws IOException {
            if (length > buffer.length - size) {
                flush();
            }
            if (length > buffer.length) {
                out.write(bytes, start, length);
            } else {
                System.arraycopy(bytes, start, buffer, size, length);
                size += length;
            }
        }

        void flush() throws IOException {
            out.write(buffer, 0, size);
            size = 0;
        }
    }
}
