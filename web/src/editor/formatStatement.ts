/** Fetched when it is first used; DuckDB's dialect alone. */
export async function formatStatement(text: string): Promise<string> {
  const { duckdb, formatDialect } = await import('./formatter');
  return formatDialect(text, {
    dialect: duckdb,
    tabWidth: 2,
    keywordCase: 'preserve',
    paramTypes: { named: [':'] },
  });
}
