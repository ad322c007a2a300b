-- What clients of the Iceberg REST catalog leave behind, and how a statement was planned. The rules of V1's head hold.

-- How the statement was planned, as JSON: files of each table planned and skipped, and by which condition. NULL: no table was read.
ALTER TABLE statement_history ADD COLUMN plan TEXT;
