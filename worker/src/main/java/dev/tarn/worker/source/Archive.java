package dev.tarn.worker.source;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive: which of its entries are files of a load, and whether it is a workbook. */
final class Archive {
    static final int MOST_FILES = 1_000;
    private static final int LONGEST_NAME = 1_000;

    private Archive() {}

    static ZipFile open(Path path, String name) throws IOException {
        try {
            return new ZipFile(path.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("encrypted")) {
                throw SourceException.badFile(name + " is encrypted; pack it without a password");
            }
            if (message.contains("bad entry name")) {
                return new ZipFile(path.toFile(), Charset.forName("IBM437"));
            }
            throw SourceException.badFile(name + " is damaged or cut off: it cannot be read as a zip archive");
        }
    }

    static boolean isWorkbook(ZipFile zip, String name) throws SourceException {
        if (zip.getEntry("[Content_Types].xml") == null) {
            if (zip.getEntry("mimetype") != null && zip.getEntry("content.xml") != null) {
                throw SourceException.badFile(name + " is an OpenDocument file; save it as .xlsx or as CSV");
            }
            return false;
        }
        if (zip.getEntry("xl/workbook.bin") != null) {
            throw SourceException.badFile(name + " is a binary workbook (.xlsb); save it as .xlsx");
        }
        if (zip.getEntry("xl/workbook.xml") == null) {
            throw SourceException.badFile(name + " is an Office document without a workbook");
        }
        return true;
    }

    /** The entries that are files, in the order of the archive; folders and what systems hide in archives are left out. */
    static List<ZipEntry> files(ZipFile zip, String name) throws SourceException {
        List<ZipEntry> files = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            check(entry.getName(), name);
            if (!entry.isDirectory() && !isHidden(entry.getName())) {
                files.add(entry);
            }
            if (files.size() > MOST_FILES) {
                throw SourceException.badFile(name + " holds more than " + MOST_FILES + " files");
            }
        }
        if (files.isEmpty()) {
            throw SourceException.badFile(name + " holds no file");
        }
        return files;
    }

    /** Nothing is ever unpacked under such a name, but an archive that has one was made to harm. */
    private static void check(String entry, String name) throws SourceException {
        if (entry.length() > LONGEST_NAME) {
            throw SourceException.badFile(
                    name + " holds an entry with a name of more than " + LONGEST_NAME + " characters");
        }
        String path = entry.replace('\\', '/');
        boolean absolute = path.startsWith("/") || (path.length() > 1 && path.charAt(1) == ':');
        if (absolute || List.of(path.split("/", -1)).contains("..")) {
            throw SourceException.badFile(
                    name + " holds an entry with a name that leads out of the archive: '" + entry + "'");
        }
    }

    private static boolean isHidden(String entry) {
        for (String part : entry.split("/", -1)) {
            if (part.startsWith(".") || part.equals("__MACOSX") || part.equals("Thumbs.db")) {
                return true;
            }
        }
        return false;
    }
}
