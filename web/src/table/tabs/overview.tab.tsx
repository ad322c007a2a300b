import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Column } from '../../api/catalog';
import type { TableDetail } from '../../api/tables';
import { useSearch } from '../../app/routing';
import { Figures } from '../../kit/Figures';
import kit from '../../kit/kit.module.css';
import { ActionsHead, ScrollTable } from '../../kit/ScrollTable';
import { Time } from '../../kit/Time';
import { useMay } from '../../manage/places';
import { formatBytes, formatCount, plural } from '../../results/figures';
import { ColumnMenu } from '../../upkeep/ColumnMenu';
import type { Evolution } from '../../upkeep/EvolveDialog';
import { EditableText } from '../EditableText';
import { Tags } from '../Tags';
import classes from '../table.module.css';
import type { TableTab, TableTabProps } from '../tableTab';
import { useTableChange } from '../useTableChange';

const EvolveDialog = lazy(() =>
  import('../../upkeep/EvolveDialog').then((part) => ({ default: part.EvolveDialog })),
);

const COLUMNS_SHOWN = 200;

function Overview({ table }: TableTabProps) {
  const change = useTableChange(table);
  const [alters] = useMay([{ verb: 'alter', on: `table:${table.name}` }]);
  const fixed = alters !== true || table.kind === 'view';
  return (
    <>
      <section className={kit.card} aria-label="About">
        <div className={kit.stack}>
          <EditableText
            label="Description"
            value={table.description}
            placeholder="Say what this table holds…"
            fixed={fixed}
            onSave={(description) => change({ description })}
          />
          <Tags tags={table.tags} fixed={fixed} onSave={(tags) => change({ tags })} />
          <Facts table={table} />
        </div>
      </section>
      <Columns
        table={table}
        fixed={fixed}
        onDescribe={(column, description) => change({ columns: { [column]: { description } } })}
      />
    </>
  );
}

function Facts({ table }: TableTabProps) {
  const stored: [string, React.ReactNode][] = [
    ['Rows', table.row_count === null ? '–' : formatCount(table.row_count)],
    ['Size', table.size_bytes === null ? '–' : formatBytes(table.size_bytes)],
    ['Data files', table.file_count === null ? '–' : formatCount(table.file_count)],
  ];
  const facts: [string, React.ReactNode][] = [
    ...(table.kind === 'view' ? [] : stored),
    ['Columns', formatCount(table.columns.length)],
    ['Updated', table.updated_at === null ? '–' : <Time key="at" at={table.updated_at} />],
    ['Format', table.format === 'iceberg' ? 'Apache Iceberg' : table.format],
  ];
  return <Figures figures={facts} />;
}

interface ColumnsProps {
  table: TableDetail;
  fixed: boolean;
  onDescribe: (column: string, description: string | null) => Promise<void>;
}

function Columns({ table, fixed, onDescribe }: ColumnsProps) {
  const { column: marked } = useSearch();
  const [manages] = useMay([{ verb: 'manage', on: `table:${table.name}` }]);
  const evolves = manages === true && table.kind === 'table' && table.limited !== true;
  const [evolution, setEvolution] = useState<Evolution | null>(null);
  const [filter, setFilter] = useState(marked ?? '');
  const [shown, setShown] = useState(COLUMNS_SHOWN);
  const found = matching(table.columns, filter);
  return (
    <section className={kit.card} aria-label="Columns">
      <div className={classes.columnsTools}>
        <h2 className={kit.cardTitle}>{plural(table.columns.length, 'column')}</h2>
        <input
          type="search"
          className={`${kit.input} ${classes.filter}`}
          aria-label="Filter columns"
          placeholder="Filter columns"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        {evolves && (
          <Button size="compact-sm" variant="default" onClick={() => setEvolution({ kind: 'add' })}>
            Add a column…
          </Button>
        )}
      </div>
      <ScrollTable
        label="Columns of the table"
        tableClassName={classes.table}
        head={
          <>
            <th>Name</th>
            <th>Type</th>
            <th>Description</th>
            {evolves && <ActionsHead />}
          </>
        }
        below={
          <>
            {found.length === 0 && <p className={kit.empty}>No column matches.</p>}
            {found.length > shown && (
              <p className={kit.empty}>
                <button
                  type="button"
                  className={kit.linkButton}
                  onClick={() => setShown(shown + 5 * COLUMNS_SHOWN)}
                >
                  Show more of {plural(found.length, 'column')}
                </button>
              </p>
            )}
          </>
        }
      >
        {found.slice(0, shown).map((column) => (
          <ColumnRow
            key={column.name}
            column={column}
            marked={column.name === marked}
            fixed={fixed}
            onEvolve={evolves ? setEvolution : null}
            onDescribe={(description) => onDescribe(column.name, description)}
          />
        ))}
      </ScrollTable>
      {evolution !== null && (
        <Suspense>
          <EvolveDialog table={table} evolution={evolution} onClose={() => setEvolution(null)} />
        </Suspense>
      )}
    </section>
  );
}

interface RowProps {
  column: Column;
  marked: boolean;
  fixed: boolean;
  /** Null for whoever may not change the columns. */
  onEvolve: ((evolution: Evolution) => void) | null;
  onDescribe: (description: string | null) => Promise<void>;
}

function ColumnRow({ column, marked, fixed, onEvolve, onDescribe }: RowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (marked) {
      row.current?.scrollIntoView({ block: 'center' });
    }
  }, [marked]);
  return (
    <tr ref={row} data-marked={marked || undefined}>
      <th scope="row" className={classes.columnName}>
        {column.name}
      </th>
      <td>
        <div className={`${kit.code} ${classes.typeText}`}>
          {column.type}
          {!column.nullable && ' NOT NULL'}
        </div>
      </td>
      <td className={classes.descriptionCell}>
        <EditableText
          label={`Description of ${column.name}`}
          value={column.comment}
          placeholder="Describe…"
          fixed={fixed}
          onSave={onDescribe}
        />
      </td>
      {onEvolve !== null && (
        <td>
          <ColumnMenu column={column} onEvolve={onEvolve} />
        </td>
      )}
    </tr>
  );
}

function matching(columns: Column[], filter: string): Column[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? columns
    : columns.filter(({ name, type, comment }) => {
        const text = `${name} ${type} ${comment ?? ''}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
}

export default {
  id: 'overview',
  label: 'Overview',
  order: 100,
  Content: Overview,
} satisfies TableTab;
