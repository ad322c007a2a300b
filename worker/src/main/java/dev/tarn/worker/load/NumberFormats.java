package dev.tarn.worker.load;

import dev.tarn.worker.source.WorkbookFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which styles of a workbook's cells show their number as a date, a time or both. */
final class NumberFormats {
    enum Kind {
        NUMBER,
        DATE,
        TIME,
        DATE_TIME,
        /** Hours, minutes or seconds that go on counting beyond a day. */
        ELAPSED
    }

    private final List<Kind> kinds = new ArrayList<>();

    private NumberFormats() {}

    static NumberFormats of(WorkbookFile workbook, String name) throws IOException {
        NumberFormats formats = new NumberFormats();
        if (!workbook.has("xl/styles.xml")) {
            return formats;
        }
        Map<Integer, Kind> own = new HashMap<>();
        try (Xml xml = Xml.of(name, workbook.part("xl/styles.xml"))) {
            boolean inCells = false;
            while (xml.next()) {
                if (xml.starts("numFmt")) {
                    String code = xml.attribute("formatCode");
                    own.put(xml.number("numFmtId", 0), kind(code == null ? "" : code));
                } else if (xml.name().equals("cellXfs")) {
                    inCells = xml.isStart();
                } else if (inCells && xml.starts("xf")) {
                    int id = xml.number("numFmtId", 0);
                    formats.kinds.add(own.getOrDefault(id, builtIn(id)));
                }
            }
        }
        return formats;
    }

    Kind of(int style) {
        return style >= 0 && style < kinds.size() ? kinds.get(style) : Kind.NUMBER;
    }

    /** ECMA-376, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asian editions. */
    private static Kind builtIn(int id) {
        return switch (id) {
            case 14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 -> Kind.DATE;
            case 18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56 -> Kind.TIME;
            case 22 -> Kind.DATE_TIME;
            case 46 -> Kind.ELAPSED;
            default -> Kind.NUMBER;
        };
    }

    /** Of a format's code, its first section alone; texts, colours and conditions mean nothing here. */
    static Kind kind(String code) {
        boolean date = false;
        boolean time = false;
        boolean months = false;
        String text = code.toLowerCase(Locale.ROOT);
        for (int i = 0; i < text.length() && text.charAt(i) != ';'; i++) {
            switch (text.charAt(i)) {
                case '"' -> i = end(text, i, '"');
                case '\\', '_', '*' -> i++;
                case '[' -> {
                    int end = end(text, i, ']');
                    String inside = text.substring(i + 1, end);
                    if (inside.matches("h+|m+|s+")) {
                        return Kind.ELAPSED;
                    }
                    i = end;
                }
                case 'y', 'd' -> date = true;
                case 'h', 's' -> time = true;
                case 'm' -> months = true;
                case 'g' -> i = text.startsWith("general", i) ? i + 6 : i;
                default -> {}
            }
        }
        if (months && !time) {
            date = true;
        }
        return date ? (time ? Kind.DATE_TIME : Kind.DATE) : time ? Kind.TIME : Kind.NUMBER;
    }

    private static int end(String text, int from, char closing) {
        int end = text.indexOf(closing, from + 1);
        return end < 0 ? text.length() - 1 : end;
    }
}
