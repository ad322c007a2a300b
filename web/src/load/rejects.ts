export interface Rejects {
  header: string[];
  rows: string[][];
  /** True when the file has more. */
  more: boolean;
}

/** The first records of a CSV text (RFC 4180), which may be cut off at its end. */
export function firstRejects(text: string, limit: number, whole: boolean): Rejects {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  let at = 0;
  while (at < text.length && records.length <= limit + 1) {
    const character = text.charAt(at);
    if (quoted) {
      if (character === '"' && text.charAt(at + 1) === '"') {
        cell += '"';
        at++;
      } else if (character === '"') {
        quoted = false;
      } else {
        cell += character;
      }
    } else if (character === '"') {
      quoted = true;
    } else if (character === ',') {
      record.push(cell);
      cell = '';
    } else if (character === '\n') {
      record.push(cell.replace(/\r$/, ''));
      records.push(record);
      record = [];
      cell = '';
    } else {
      cell += character;
    }
    at++;
  }
  if (whole && at >= text.length && (cell !== '' || record.length > 0)) {
    records.push([...record, cell]);
  }
  const [header = [], ...rows] = records;
  return { header, rows: rows.slice(0, limit), more: !whole || rows.length > limit };
}
