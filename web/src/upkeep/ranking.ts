import type { RankedTable } from '../api/upkeep';

export type Column = Exclude<keyof RankedTable, 'recommendation'>;

export interface Order {
  by: Column;
  down: boolean;
}

export const WORST_FIRST: Order = { by: 'hurts', down: true };

export function sorted(tables: RankedTable[], { by, down }: Order): RankedTable[] {
  const way = down ? -1 : 1;
  return [...tables].sort((one, other) => {
    const [a, b] = [one[by], other[by]];
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : compare(a, b);
    return order === 0 ? one.table.localeCompare(other.table) : way * order;
  });
}

const compare = (one: unknown, other: unknown) => String(one).localeCompare(String(other));

/** The same heading turns the order around; another one begins with what hurts, a name with its first letter. */
export function resorted(order: Order, by: Column): Order {
  return order.by === by ? { by, down: !order.down } : { by, down: by !== 'table' };
}

export function matching(tables: RankedTable[], filter: string): RankedTable[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return tables.filter(({ table }) => words.every((word) => table.toLowerCase().includes(word)));
}
