export { duckdb, formatDialect } from 'sql-formatter';
