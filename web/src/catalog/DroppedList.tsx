import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type DroppedTable, listDroppedTables, restoreTable } from '../api/droppedTables';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import { TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { useSession } from '../session/SessionContext';
import { CATALOG_KEY } from './queries';

/** Loaded when it is opened: it is seldom, and the first page is small. */
export function DroppedList() {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [refused, setRefused] = useState<{ table: DroppedTable; problem: Problem } | null>(null);
  const dropped = useInfiniteQuery({
    queryKey: [...CATALOG_KEY, 'dropped'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listDroppedTables(transport, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
  });
  const tables = dropped.data?.pages.flatMap((page) => page.tables) ?? [];

  async function restore(table: DroppedTable, name: string | null) {
    setRefused(null);
    try {
      await restoreTable(transport, table.id, name);
    } catch (failure) {
      setRefused({ table, problem: Problem.from(failure) });
    }
    await queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
  }

  return (
    <div className={kit.stack}>
      {refused !== null && (
        <Refused
          key={refused.table.id}
          table={refused.table}
          problem={refused.problem}
          onRestore={(name) => restore(refused.table, name)}
        />
      )}
      <ListFrame
        query={dropped}
        empty={tables.length === 0 ? 'No dropped table that you could bring back.' : null}
      >
        <ScrollTable
          label="Dropped tables"
          head={
            <>
              <th>Table</th>
              <th>Dropped</th>
              <th>By</th>
              <th>Kept until</th>
              <ActionsHead />
            </>
          }
        >
          {tables.map((table) => (
            <tr key={table.id}>
              <th scope="row">
                {table.namespace}.{table.table}
              </th>
              <td className={kit.nowrap}>
                <Time at={table.dropped_at} />
              </td>
              <td>{table.dropped_by}</td>
              <td className={kit.nowrap}>{table.expires_at.slice(0, 10)}</td>
              <td>
                <RowButton
                  name={`Restore ${table.namespace}.${table.table}`}
                  onClick={() => void restore(table, null)}
                >
                  Restore
                </RowButton>
              </td>
            </tr>
          ))}
        </ScrollTable>
      </ListFrame>
    </div>
  );
}

interface RefusedProps {
  table: DroppedTable;
  problem: Problem;
  onRestore: (name: string) => Promise<void>;
}

/** Its name may be another table's by now, and its namespace may be gone: then it takes another name. */
function Refused({ table, problem, onRestore }: RefusedProps) {
  const [name, setName] = useState(`${table.namespace}.${table.table}_restored`);
  return (
    <form
      className={kit.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void onRestore(name.trim());
      }}
    >
      <Notice problem={problem} />
      <TextField
        label={`Restore ${table.namespace}.${table.table} as`}
        data-autofocus
        required
        value={name}
        onChange={setName}
      />
      <div className={kit.row}>
        <Button type="submit" disabled={name.trim() === ''}>
          Restore under this name
        </Button>
      </div>
    </form>
  );
}
