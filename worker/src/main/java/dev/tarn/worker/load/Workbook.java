package dev.tarn.worker.load;

import dev.tarn.worker.source.Source;
import dev.tarn.worker.source.SourceException;
import dev.tarn.worker.source.SourceStream;
import dev.tarn.worker.source.WorkbookFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workbook: its sheets, and what the numbers and texts of their cells mean. */
final class Workbook implements Closeable {
    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    /** A sheet of cells and the part that holds it. */
    record Sheet(String name, boolean visible, String part) {}

    private final String name;
    private final WorkbookFile file;
    private final List<Sheet> sheets = new ArrayList<>();
    private final Map<String, String> parts = new HashMap<>();
    private final NumberFormats formats;
    private final SharedTexts texts;
    private boolean since1904;
    private String textsPart = "xl/sharedStrings.xml";

    private Workbook(String name, WorkbookFile file, Path scratch) throws IOException {
        this.name = name;
        this.file = file;
        readRelationships();
        readSheets();
        formats = NumberFormats.of(file, name);
        texts = SharedTexts.of(file, textsPart, name, scratch);
    }

    static Workbook open(Source source, Path scratch) throws IOException {
        WorkbookFile file = WorkbookFile.open(source, scratch);
        try {
            return new Workbook(source.name(), file, scratch);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void readRelationships() throws IOException {
        try (Xml xml = Xml.of(name, file.part("xl/_rels/workbook.xml.rels"))) {
            while (xml.next()) {
                String id = xml.isStart() ? xml.attribute("Id") : null;
                String target = id == null ? null : xml.attribute("Target");
                String type = target == null ? null : xml.attribute("Type");
                if (id != null && target != null && type != null) {
                    String part = target.startsWith("/") ? target.substring(1) : "xl/" + target;
                    if (type.endsWith("/worksheet")) {
                        parts.put(id, part);
                    } else if (type.endsWith("/sharedStrings")) {
                        textsPart = part;
                    }
                }
            }
        }
    }

    private void readSheets() throws IOException {
        try (Xml xml = Xml.of(name, file.part("xl/workbook.xml"))) {
            while (xml.next()) {
                if (xml.starts("workbookPr")) {
                    since1904 = xml.isTrue("date1904");
                } else if (xml.starts("sheet")) {
                    String id = xml.attribute(RELATIONSHIPS, "id");
                    String part = parts.get(id != null ? id : String.valueOf(xml.attribute(STRICT, "id")));
                    String sheet = xml.attribute("name");
                    String state = xml.attribute("state");
                    // Sheets of charts have no cells.
                    if (part != null && sheet != null) {
                        sheets.add(new Sheet(sheet, state == null || state.equals("visible"), part));
                    }
                }
            }
        }
    }

    /** By name, else by number from 1; the first visible one when none is told. */
    Sheet sheet(@Nullable String told) throws SourceException {
        if (sheets.isEmpty()) {
            throw SourceException.badFile(name + " has no sheet with cells");
        }
        if (told == null) {
            return sheets.stream().filter(Sheet::visible).findFirst().orElse(sheets.getFirst());
        }
        for (Sheet sheet : sheets) {
            if (sheet.name().equals(told)) {
                return sheet;
            }
        }
        for (Sheet sheet : sheets) {
            if (sheet.name().equalsIgnoreCase(told)) {
                return sheet;
            }
        }
        if (told.matches("[1-9]\\d{0,3}") && Integer.parseInt(told) <= sheets.size()) {
            return sheets.get(Integer.parseInt(told) - 1);
        }
        throw SourceException.badFile(name + " has no sheet '" + told + "'; it has "
                + String.join(
                        ", ",
                        sheets.stream()
                                .limit(20)
                                .map(sheet -> "'" + sheet.name() + "'")
                                .toList()));
    }

    SourceStream open(Sheet sheet) throws IOException {
        return file.part(sheet.part());
    }

    String name() {
        return name;
    }

    SerialDates dates() {
        return new SerialDates(since1904);
    }

    NumberFormats formats() {
        return formats;
    }

    SharedTexts texts() {
        return texts;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            texts.close();
        }
    }
}
