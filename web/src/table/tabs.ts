import { orderedTabs, type TableTab } from './tableTab';

export const TABS = orderedTabs(
  import.meta.glob<{ default: TableTab }>('./tabs/*.tab.tsx', { eager: true }),
);
