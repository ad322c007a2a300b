import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { dropTable, type TableDetail } from '../api/tables';
import { Notice } from '../app/Notice';
import { Link, useNavigate, useParams, useSearch } from '../app/routing';
import { CATALOG_KEY } from '../catalog/queries';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import kit from '../kit/kit.module.css';
import { OpenStatement } from '../kit/OpenStatement';
import { Page } from '../kit/Page';
import { Tabs } from '../kit/Tabs';
import { May } from '../manage/May';
import { plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { TABLE_KEY, tableQuery } from './queries';
import { readStatement } from './snippets';
import { tabsOf } from './tableTab';
import { TABS } from './tabs';

/** Everything about one table: every capability that uses tables hangs its own tab here. */
export function TablePage() {
  const { name = '' } = useParams();
  const { transport } = useSession();
  const table = useQuery(tableQuery(transport, name));
  if (table.data === undefined) {
    return (
      <Page title={name}>
        {table.error === null ? (
          <p role="status" className={kit.dim}>
            Loading…
          </p>
        ) : (
          <Notice problem={Problem.from(table.error)} />
        )}
      </Page>
    );
  }
  return <OneTable key={table.data.name} table={table.data} />;
}

function OneTable({ table }: { table: TableDetail }) {
  const navigate = useNavigate();
  const { tab } = useSearch();
  const tabs = tabsOf(TABS, table.kind);
  const active = tabs.find(({ id }) => id === tab) ?? tabs[0];
  if (active === undefined) {
    return null;
  }
  return (
    <Page
      title={`${table.namespace}.${table.table}`}
      actions={<Actions table={table} />}
      {...(table.kind === 'view' ? { lead: 'view' } : {})}
      {...(table.row_count === null ? {} : { lead: plural(table.row_count, 'row') })}
    >
      <Tabs
        label={`Views of ${table.table}`}
        tabs={tabs}
        active={active.id}
        onChange={(id) =>
          void navigate({
            to: '/tables/$name',
            params: { name: table.name },
            search: { tab: id },
            replace: true,
          })
        }
      >
        <active.Content table={table} />
      </Tabs>
    </Page>
  );
}

function Actions({ table }: { table: TableDetail }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [dropping, setDropping] = useState(false);

  async function drop() {
    await dropTable(transport, table.name);
    setDropping(false);
    await navigate({ to: '/' });
    queryClient.removeQueries({ queryKey: [...TABLE_KEY, table.name] });
    void queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
  }

  return (
    <>
      <OpenStatement statement={readStatement(table)}>Query</OpenStatement>
      {table.kind === 'table' && <Changes table={table} onDrop={() => setDropping(true)} />}{' '}
      <ConfirmDialog
        opened={dropping}
        title={`Drop ${table.namespace}.${table.table}?`}
        action="Drop the table"
        typed={table.table}
        onConfirm={drop}
        onClose={() => setDropping(false)}
      >
        The table and its {table.row_count === null ? 'rows' : plural(table.row_count, 'row')} go,
        for everybody. Restore under Dropped tables brings it back within a week.
      </ConfirmDialog>
    </>
  );
}

interface ChangesProps {
  table: TableDetail;
  onDrop: () => void;
}

/** What is done to a table; a view changes by its statements alone. */
function Changes({ table, onDrop }: ChangesProps) {
  return (
    <>
      <May verb="insert" on={`table:${table.name}`}>
        {' '}
        <Button
          variant="default"
          renderRoot={(props) => <Link {...props} to="/load" search={{ table: table.name }} />}
        >
          Load more rows
        </Button>
      </May>
      <May verb="drop" on={`table:${table.name}`}>
        {' '}
        <Button variant="default" onClick={onDrop}>
          Drop…
        </Button>
      </May>
    </>
  );
}
