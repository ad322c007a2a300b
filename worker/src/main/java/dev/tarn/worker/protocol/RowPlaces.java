package dev.tarn.worker.protocol;

/**
 * Two more columns of a table whose rows a statement changes; nobody can know their names.
 *
 * @param file the place of the row's file among the table's files
 * @param row the row's place in that file, from 0
 */
public record RowPlaces(String file, String row) {}
