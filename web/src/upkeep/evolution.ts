import type { Column } from '../api/catalog';
import type { TableDetail } from '../api/tables';
import { quoteIdentifier, tableName } from '../catalog/sqlName';

const DIGITS_AT_MOST = 38;
const DECIMAL = /^DECIMAL\((\d+),\s*(\d+)\)$/i;

/** Types that hold all values of this one, as Iceberg lets columns become wider. */
export function widerTypes(type: string): string[] {
  const decimal = DECIMAL.exec(type);
  if (decimal !== null) {
    const digits = Number(decimal[1]);
    return [18, 28, DIGITS_AT_MOST]
      .filter((wider) => wider > digits)
      .map((wider) => `DECIMAL(${wider},${decimal[2]})`);
  }
  switch (type.toUpperCase()) {
    case 'INT':
      return ['BIGINT'];
    case 'FLOAT':
      return ['DOUBLE'];
    default:
      return [];
  }
}

type Named = Pick<TableDetail, 'namespace' | 'table'>;

const alter = (table: Named, change: string) => `alter table ${tableName(table)} ${change}`;

export function addColumn(table: Named, name: string, type: string): string {
  return alter(table, `add column ${quoteIdentifier(name)} ${type}`);
}

export function renameColumn(table: Named, { name }: Pick<Column, 'name'>, to: string): string {
  return alter(table, `rename column ${quoteIdentifier(name)} to ${quoteIdentifier(to)}`);
}

export function widenColumn(table: Named, { name }: Pick<Column, 'name'>, type: string): string {
  return alter(table, `alter column ${quoteIdentifier(name)} type ${type}`);
}

export function dropColumn(table: Named, { name }: Pick<Column, 'name'>): string {
  return alter(table, `drop column ${quoteIdentifier(name)}`);
}

/** Why a column cannot have that name; null when it can. */
export function nameProblem(columns: Pick<Column, 'name'>[], name: string): string | null {
  if (name.trim() === '') {
    return 'A column has a name.';
  }
  const taken = columns.some((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  return taken ? `There is a column ${name.trim()} already.` : null;
}
