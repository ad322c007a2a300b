/** A table which a statement names, and the alias it gives it. */
export interface TableReference {
  /** Parts as written, without quotes. */
  path: string[];
  alias: string | null;
}

const PART = '(?:[\\p{L}_][\\p{L}\\p{N}_$]*|"(?:[^"]|"")+"|`[^`]+`)';
const PATH = `${PART}(?:\\s*\\.\\s*${PART})*`;
const AFTER_FROM = new RegExp(
  `(?:\\b(?:from|join|update|into)|,)\\s+(${PATH})(?:\\s+(?:as\\s+)?(${PART}))?`,
  'giu',
);
const PARTS = new RegExp(PART, 'gu');
const NOT_AN_ALIAS =
  /^(on|where|join|left|right|full|inner|cross|natural|asof|semi|anti|group|order|limit|having|window|qualify|union|except|intersect|using|offset|sample|tablesample|set|values|select|for|positional|pivot|unpivot|lateral)$/i;

/**
 * The tables that a text names after FROM, JOIN or a comma. A completion may guess where a parser may not:
 * what is no table is not in the catalog and falls out there.
 */
export function tableReferences(text: string): TableReference[] {
  const references: TableReference[] = [];
  AFTER_FROM.lastIndex = 0;
  let match = AFTER_FROM.exec(text);
  while (match !== null) {
    const [whole, path = '', word] = match;
    const alias = word !== undefined && !NOT_AN_ALIAS.test(word) ? word : null;
    references.push({ path: splitPath(path), alias: alias === null ? null : unquote(alias) });
    // A keyword that looked like an alias may open the next reference.
    AFTER_FROM.lastIndex =
      word !== undefined && alias === null
        ? match.index + whole.length - word.length
        : match.index + whole.length;
    match = AFTER_FROM.exec(text);
  }
  return references;
}

export function splitPath(path: string): string[] {
  return (path.match(PARTS) ?? []).map(unquote);
}

function unquote(part: string): string {
  const quote = part[0];
  return quote === '"' || quote === '`' ? part.slice(1, -1).replaceAll(quote + quote, quote) : part;
}

/** The text between the semicolons around `at`. */
export function statementAround(text: string, at: number): string {
  const start = text.lastIndexOf(';', at - 1) + 1;
  const end = text.indexOf(';', at);
  return text.slice(start, end === -1 ? text.length : end);
}
