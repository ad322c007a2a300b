import { lazy, Suspense } from 'react';
import type { TableTab, TableTabProps } from '../tableTab';

const TableAccess = lazy(() =>
  import('../../access/TableAccess').then((part) => ({ default: part.TableAccess })),
);

function Access({ table }: TableTabProps) {
  return (
    <Suspense>
      <TableAccess table={table} />
    </Suspense>
  );
}

export default { id: 'access', label: 'Access', order: 450, Content: Access } satisfies TableTab;
