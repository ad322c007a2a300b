package dev.tarn.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A workbook as a test writes it: rows of XML cells in sheets. */
final class TestWorkbook {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final List<String> parts = new ArrayList<>();
    private final StringBuilder sheets = new StringBuilder();
    private final StringBuilder relationships = new StringBuilder();
    private final StringBuilder texts = new StringBuilder();
    private final StringBuilder formats = new StringBuilder();
    private final StringBuilder styles = new StringBuilder("<xf numFmtId=\"0\"/>");
    private String properties = "";
    private int count;
    private int textCount;
    private int styleCount;

    TestWorkbook since1904() {
        properties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    /** The number of a style with this format of numbers. */
    int style(String code) {
        styleCount++;
        formats.append("<numFmt numFmtId=\"").append(200 + styleCount).append("\" formatCode=\"");
        formats.append(code.replace("\"", "&quot;")).append("\"/>");
        styles.append("<xf numFmtId=\"").append(200 + styleCount).append("\"/>");
        return styleCount;
    }

    int builtIn(int format) {
        styles.append("<xf numFmtId=\"").append(format).append("\"/>");
        return ++styleCount;
    }

    /** A cell with a shared text; {@code xml} stands within its {@code si}. */
    String shared(String reference, String xml) {
        texts.append("<si>").append(xml).append("</si>");
        return "<c r=\"" + reference + "\" t=\"s\"><v>" + textCount++ + "</v></c>";
    }

    String text(String reference, String text) {
        return shared(reference, "<t>" + text + "</t>");
    }

    static String number(String reference, String value) {
        return number(reference, value, 0);
    }

    static String number(String reference, String value, int style) {
        return "<c r=\"" + reference + "\" s=\"" + style + "\"><v>" + value + "</v></c>";
    }

    static String row(int number, String... cells) {
        return "<row r=\"" + number + "\">" + String.join("", cells) + "</row>";
    }

    TestWorkbook sheet(String name, String rows) {
        return sheet(name, "", rows, "");
    }

    /** {@code attributes} of the sheet in the workbook; {@code behind} follows the cells. */
    TestWorkbook sheet(String name, String attributes, String rows, String behind) {
        count++;
        sheets.append(
                "<sheet name=\"" + name + "\" sheetId=\"" + count + "\" r:id=\"r" + count + "\" " + attributes + "/>");
        relationships.append("<Relationship Id=\"r" + count + "\" Type=\"" + RELATIONSHIPS
                + "/worksheet\" Target=\"worksheets/sheet" + count + ".xml\"/>");
        parts.add("xl/worksheets/sheet" + count + ".xml");
        parts.add("<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData>" + behind + "</worksheet>");
        return this;
    }

    static String merged(String... ranges) {
        StringBuilder merged = new StringBuilder("<mergeCells>");
        for (String range : ranges) {
            merged.append("<mergeCell ref=\"").append(range).append("\"/>");
        }
        return merged.append("</mergeCells>").toString();
    }

    byte[] bytes() throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "[Content_Types].xml",
                "<Types/>",
                "xl/workbook.xml",
                "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATIONSHIPS + "\">" + properties + "<sheets>" + sheets
                        + "</sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships>" + relationships + "</Relationships>",
                "xl/styles.xml",
                "<styleSheet xmlns=\"" + MAIN + "\"><numFmts>" + formats
                        + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/>" + "</cellStyleXfs><cellXfs>" + styles
                        + "</cellXfs></styleSheet>",
                "xl/sharedStrings.xml",
                "<sst xmlns=\"" + MAIN + "\">" + texts + "</sst>"));
        all.addAll(parts);
        return PackedFilesTest.zip(all.toArray(String[]::new));
    }
}
