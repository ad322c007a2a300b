import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Column } from '../api/catalog';
import { randomUuid } from '../api/identifier';
import { runStatement } from '../api/statements';
import type { TableDetail } from '../api/tables';
import { CATALOG_KEY } from '../catalog/queries';
import { SelectField, TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { TYPES } from '../load/columnChoices';
import { useSession } from '../session/SessionContext';
import { TABLE_KEY } from '../table/queries';
import {
  addColumn,
  dropColumn,
  nameProblem,
  renameColumn,
  widenColumn,
  widerTypes,
} from './evolution';

/** A change of a table's columns. */
export type Evolution =
  | { kind: 'add' }
  | { kind: 'rename'; column: Column }
  | { kind: 'widen'; column: Column }
  | { kind: 'drop'; column: Column };

interface Props {
  table: TableDetail;
  evolution: Evolution;
  onClose: () => void;
}

/** Asks for what a change needs, shows the statement, and runs it: one commit that rewrites no file. */
export function EvolveDialog({ table, evolution, onClose }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const column = evolution.kind === 'add' ? null : evolution.column;
  const wider = column === null ? [] : widerTypes(column.type);
  const [name, setName] = useState(column?.name ?? '');
  const [type, setType] = useState(evolution.kind === 'widen' ? (wider[0] ?? '') : 'STRING');
  const statement = statementOf(table, evolution, name.trim(), type);
  const named = evolution.kind === 'add' || evolution.kind === 'rename';
  const problem = named && name !== column?.name ? nameProblem(table.columns, name) : null;
  return (
    <FormDialog
      opened
      title={titleOf(evolution)}
      action={ACTIONS[evolution.kind]}
      danger={evolution.kind === 'drop'}
      cancel={{ label: 'Close', focused: evolution.kind === 'drop' }}
      ready={problem === null && name.trim() !== '' && (!named || name !== column?.name)}
      onSubmit={async () => {
        await runStatement(transport, randomUuid(), statement);
        await queryClient.invalidateQueries({ queryKey: [...TABLE_KEY, table.name] });
        void queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
        onClose();
      }}
      onClose={onClose}
    >
      {named && (
        <TextField
          label="Name"
          hint={name === '' ? undefined : (problem ?? undefined)}
          data-autofocus
          required
          value={name}
          onChange={setName}
        />
      )}
      {evolution.kind === 'add' && (
        <SelectField label="Type" value={type} options={pairs(TYPES)} onChange={setType} />
      )}
      {evolution.kind === 'widen' && (
        <SelectField label="Type" value={type} options={pairs(wider)} onChange={setType} />
      )}
      {evolution.kind === 'drop' && (
        <p className={kit.wrap}>
          No statement sees its values any more, for everybody; older versions keep them until they
          expire. A new column of this name would be empty.
        </p>
      )}
      <p className={`${kit.code} ${kit.dim} ${kit.wrap}`}>{statement}</p>
    </FormDialog>
  );
}

const ACTIONS: Record<Evolution['kind'], string> = {
  add: 'Add',
  rename: 'Rename',
  widen: 'Change the type',
  drop: 'Drop the column',
};

function titleOf(evolution: Evolution): string {
  switch (evolution.kind) {
    case 'add':
      return 'Add a column';
    case 'rename':
      return `Rename ${evolution.column.name}`;
    case 'widen':
      return `A wider type for ${evolution.column.name}`;
    case 'drop':
      return `Drop ${evolution.column.name}?`;
  }
}

function statementOf(table: TableDetail, evolution: Evolution, name: string, type: string): string {
  switch (evolution.kind) {
    case 'add':
      return addColumn(table, name, type);
    case 'rename':
      return renameColumn(table, evolution.column, name);
    case 'widen':
      return widenColumn(table, evolution.column, type);
    case 'drop':
      return dropColumn(table, evolution.column);
  }
}

const pairs = (types: string[]) => types.map((one) => [one, one] as const);
