import { lazy, Suspense } from 'react';
import type { TableTab, TableTabProps } from '../tableTab';

const TableUpkeepView = lazy(() =>
  import('../../upkeep/TableUpkeepView').then((part) => ({ default: part.TableUpkeepView })),
);

function Upkeep({ table }: TableTabProps) {
  return (
    <Suspense>
      <TableUpkeepView table={table} />
    </Suspense>
  );
}

export default {
  id: 'upkeep',
  label: 'Upkeep',
  order: 340,
  Content: Upkeep,
  only: 'table',
} satisfies TableTab;
