import type { ColumnChoice, PreviewColumn } from '../api/loads';

/** A column of the file and what is to become of it. */
export interface ColumnEdit {
  source: string;
  found: { name: string; type: string };
  name: string;
  type: string;
  included: boolean;
}

/** The columns of a new preview; what was edited stays with the column of the same source. */
export function mergedColumns(before: ColumnEdit[], found: PreviewColumn[]): ColumnEdit[] {
  const edited = new Map(before.map((column) => [column.source, column]));
  return found.map(({ source, name, type }) => {
    const old = edited.get(source);
    return {
      source,
      found: { name, type },
      name: old === undefined || old.name === old.found.name ? name : old.name,
      type: old === undefined || old.type === old.found.type ? type : old.type,
      included: old?.included ?? true,
    };
  });
}

/** What a preview is asked with so that values show under other types; absent when no type was changed. */
export function typesToTry(columns: ColumnEdit[]): ColumnChoice[] | undefined {
  if (columns.every(({ type, found }) => type === found.type)) {
    return undefined;
  }
  return columns.map(({ source, type, found }) =>
    type === found.type ? { source } : { source, type },
  );
}

/** What a load is asked with; absent when everything is taken as it was found. */
export function columnsToLoad(columns: ColumnEdit[]): ColumnChoice[] | undefined {
  const changed = columns.some(
    ({ included, name, type, found }) => !included || name !== found.name || type !== found.type,
  );
  if (!changed) {
    return undefined;
  }
  return columns
    .filter(({ included }) => included)
    .map(({ source, name, type, found }) => ({
      source,
      ...(name === found.name ? {} : { name }),
      ...(type === found.type ? {} : { type }),
    }));
}

/** Why the columns cannot be loaded as they stand; null when they can. */
export function columnProblem(columns: ColumnEdit[]): string | null {
  const included = columns.filter((column) => column.included);
  if (columns.length > 0 && included.length === 0) {
    return 'Every column is left out. Take at least one.';
  }
  const seen = new Set<string>();
  for (const { source, name } of included) {
    if (name.trim() === '') {
      return `The column from "${source}" has no name. Give it one, or leave it out.`;
    }
    const folded = name.toLowerCase();
    if (seen.has(folded)) {
      return `Two columns are named ${name}. Rename one of them, or leave it out.`;
    }
    seen.add(folded);
  }
  return null;
}

/** Types a file's column can be given; nested ones are as they are found. */
export const TYPES = [
  'STRING',
  'BOOLEAN',
  'INT',
  'BIGINT',
  'DECIMAL(18,2)',
  'DOUBLE',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMPTZ',
  'UUID',
  'BINARY',
];
