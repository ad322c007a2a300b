import { lazy, Suspense } from 'react';
import kit from '../../kit/kit.module.css';
import type { TableTab, TableTabProps } from '../tableTab';

const EngineBlocks = lazy(() =>
  import('../../attach/EngineBlocks').then((blocks) => ({ default: blocks.EngineBlocks })),
);

function Attach({ table }: TableTabProps) {
  return (
    <>
      <section className={kit.card} aria-label="Other engines">
        <h2 className={kit.cardTitle}>Other engines on this table</h2>
        <p className={kit.lead}>
          They reach it through Iceberg’s REST catalog at{' '}
          <span className={kit.code}>{location.origin}/iceberg</span>, under your rights and in the
          same audit trail. An engine reads and writes the files by itself: on a local warehouse it
          must see the server’s folder.
        </p>
        {table.limited === true && (
          <p className={kit.mistake}>
            You see a part of this table alone, and its files hold all of it: engines are refused.
            Ask it through SQL.
          </p>
        )}
      </section>
      <Suspense>
        <EngineBlocks table={table} />
      </Suspense>
    </>
  );
}

export default {
  id: 'attach',
  label: 'Attach',
  order: 600,
  Content: Attach,
  only: 'table',
} satisfies TableTab;
