/**
 * A statement of another page on its way to the editor, which runs it. It travels in memory and not in the address: what
 * an address holds may come from anybody.
 */
let offered: string | null = null;

export function offerStatement(statement: string): void {
  offered = statement;
}

export function takeStatement(): string | null {
  const statement = offered;
  offered = null;
  return statement;
}
