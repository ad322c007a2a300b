import { lazy, Suspense } from 'react';
import type { TableTab, TableTabProps } from '../tableTab';

const TableHealthView = lazy(() =>
  import('../../upkeep/TableHealthView').then((part) => ({ default: part.TableHealthView })),
);

function Health({ table }: TableTabProps) {
  return (
    <Suspense>
      <TableHealthView table={table} />
    </Suspense>
  );
}

export default {
  id: 'health',
  label: 'Health',
  order: 320,
  Content: Health,
  only: 'table',
} satisfies TableTab;
