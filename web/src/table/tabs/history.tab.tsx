import { lazy, Suspense } from 'react';
import type { TableTab, TableTabProps } from '../tableTab';

const VersionsView = lazy(() =>
  import('../../upkeep/VersionsView').then((part) => ({ default: part.VersionsView })),
);

function History({ table }: TableTabProps) {
  return (
    <Suspense>
      <VersionsView table={table} />
    </Suspense>
  );
}

export default {
  id: 'history',
  label: 'History',
  order: 400,
  Content: History,
  only: 'table',
} satisfies TableTab;
