import type { ComponentType } from 'react';
import type { Table } from '../api/catalog';
import type { TableDetail } from '../api/tables';

/**
 * One use of a table on its page. A capability adds a file `tabs/<name>.tab.tsx` whose default export is this; nothing
 * else has to know it. What is heavy is loaded lazily by the component itself.
 */
export interface TableTab {
  /** What stands in the address: `/tables/iceberg.shop.orders?tab=profile`. */
  id: string;
  label: string;
  /** Smaller ones stand further left; the ones here count in hundreds. */
  order: number;
  Content: ComponentType<TableTabProps>;
  /** What it is of, when not of both: a view has no rows, files and versions of its own. */
  only?: Table['kind'];
}

export interface TableTabProps {
  table: TableDetail;
}

export function orderedTabs(modules: Record<string, { default: TableTab }>): TableTab[] {
  return Object.values(modules)
    .map((module) => module.default)
    .sort((one, other) => one.order - other.order || one.id.localeCompare(other.id));
}

export function tabsOf(tabs: TableTab[], kind: Table['kind']): TableTab[] {
  return tabs.filter(({ only }) => only === undefined || only === kind);
}
