import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type RankedTable, rankTables } from '../api/upkeep';
import { Link, useNavigate, useSearch } from '../app/routing';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { Page } from '../kit/Page';
import { ScrollTable } from '../kit/ScrollTable';
import { Tabs } from '../kit/Tabs';
import { formatBytes, formatCount, plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { percent } from '../table/profileFigures';
import tableClasses from '../table/table.module.css';
import { HealthBadge } from './HealthBadge';
import { Policies } from './Policies';
import { HEALTH_KEY } from './queries';
import { type Column, matching, type Order, resorted, sorted, WORST_FIRST } from './ranking';
import classes from './upkeep.module.css';

const TABLES_SHOWN = 200;

const VIEWS = [
  { id: 'tables', label: 'Tables' },
  { id: 'policies', label: 'Policies' },
];

/** All tables, the one that hurts most first; and how they are looked after by themselves. */
export function HealthPage() {
  const navigate = useNavigate();
  const { tab } = useSearch();
  const active = tab === 'policies' ? 'policies' : 'tables';
  return (
    <Page
      title="Health"
      lead="Tables by what hurts: the work that every full scan has in vain. The server looks after them by itself, as its policies say."
    >
      <Tabs
        label="Health and policies"
        tabs={VIEWS}
        active={active}
        onChange={(id) => void navigate({ to: '/health', search: { tab: id }, replace: true })}
      >
        {active === 'policies' ? <Policies /> : <Tables />}
      </Tabs>
    </Page>
  );
}

function Tables() {
  const { transport } = useSession();
  const [filter, setFilter] = useState('');
  const [order, setOrder] = useState<Order>(WORST_FIRST);
  const [shown, setShown] = useState(TABLES_SHOWN);
  const ranking = useQuery({
    queryKey: [...HEALTH_KEY, 'tables'],
    staleTime: 0,
    queryFn: ({ signal }) => rankTables(transport, signal),
  });
  const all = ranking.data?.tables ?? [];
  const found = sorted(matching(all, filter), order);
  return (
    <ListFrame query={ranking} empty={all.length === 0 ? 'There is no table to look at.' : null}>
      <div className={tableClasses.columnsTools}>
        <p role="status" className={kit.lead}>
          {summary(all)}
          {ranking.data?.complete === false &&
            ' There was no time for all of them; look again to see the others.'}
        </p>
        {ranking.data?.complete === false && (
          <Button
            size="compact-sm"
            variant="default"
            loading={ranking.isFetching}
            onClick={() => void ranking.refetch()}
          >
            Look again
          </Button>
        )}
        <input
          type="search"
          className={`${kit.input} ${tableClasses.filter}`}
          aria-label="Filter tables"
          placeholder="Filter tables"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </div>
      <Ranked
        tables={found.slice(0, shown)}
        order={order}
        onOrder={(by) => setOrder(resorted(order, by))}
      />
      {found.length === 0 && <p className={kit.empty}>No table matches.</p>}
      {found.length > shown && (
        <div>
          <Button variant="default" onClick={() => setShown(shown + 5 * TABLES_SHOWN)}>
            Show more of {plural(found.length, 'table')}
          </Button>
        </div>
      )}
    </ListFrame>
  );
}

function summary(tables: RankedTable[]): string {
  const small = tables.reduce((sum, one) => sum + one.small_files, 0);
  const bytes = tables.reduce((sum, one) => sum + one.bytes, 0);
  return `${plural(tables.length, 'table')}, ${formatBytes(bytes)}, ${plural(small, 'small file')}.`;
}

const HEADINGS: [Column, string, boolean][] = [
  ['table', 'Table', false],
  ['hurts', 'Hurts', true],
  ['scan_share', 'Scan in vain', true],
  ['files', 'Files', true],
  ['small_files', 'Small', true],
  ['delete_ratio', 'Deleted', true],
  ['snapshot_count', 'Versions', true],
  ['bytes', 'Size', true],
];

interface RankedProps {
  tables: RankedTable[];
  order: Order;
  onOrder: (by: Column) => void;
}

function Ranked({ tables, order, onOrder }: RankedProps) {
  return (
    <ScrollTable
      label="Tables by health"
      head={
        <>
          {HEADINGS.map(([column, label, number]) => (
            <th
              key={column}
              className={number ? kit.number : undefined}
              aria-sort={sortOf(order, column)}
            >
              <button type="button" className={classes.sort} onClick={() => onOrder(column)}>
                {label}
                <span aria-hidden="true">
                  {order.by === column ? (order.down ? ' ↓' : ' ↑') : ''}
                </span>
              </button>
            </th>
          ))}
          <th>What to do</th>
        </>
      }
    >
      {tables.map((table) => (
        <Row key={table.table} table={table} />
      ))}
    </ScrollTable>
  );
}

function sortOf({ by, down }: Order, column: Column): 'ascending' | 'descending' | 'none' {
  if (by !== column) {
    return 'none';
  }
  return down ? 'descending' : 'ascending';
}

function Row({ table }: { table: RankedTable }) {
  return (
    <tr>
      <th scope="row">
        <Link
          className={kit.link}
          to="/tables/$name"
          params={{ name: table.table }}
          search={{ tab: 'health' }}
        >
          {table.table.replace(/^iceberg\./, '')}
        </Link>
      </th>
      <td className={kit.number}>{table.hurts > 0 ? formatBytes(table.hurts) : '–'}</td>
      <td className={kit.number}>{percent(table.scan_share, 1)}</td>
      <td className={kit.number}>{formatCount(table.files)}</td>
      <td className={kit.number}>{formatCount(table.small_files)}</td>
      <td className={kit.number}>{percent(table.delete_ratio, 1)}</td>
      <td className={kit.number}>{formatCount(table.snapshot_count)}</td>
      <td className={kit.number}>{formatBytes(table.bytes)}</td>
      <td className={classes.advice}>
        <HealthBadge scanShare={table.scan_share} deleteRatio={table.delete_ratio} />{' '}
        {table.recommendation}
      </td>
    </tr>
  );
}
