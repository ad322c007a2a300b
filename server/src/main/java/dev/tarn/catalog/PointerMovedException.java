package dev.tarn.catalog;

import org.apache.iceberg.exceptions.CleanableFailure;

/**
 * Another writer committed first. Unlike Iceberg's {@code CommitFailedException} this ends Iceberg's own attempts: it removes
 * what it wrote, and the whole change is made again, so that a commit never leaves files of earlier attempts behind.
 */
final class PointerMovedException extends RuntimeException implements CleanableFailure {
    private static final long serialVersionUID = 1L;

    PointerMovedException(String table) {
        super("The table " + table + " has changed");
    }
}
