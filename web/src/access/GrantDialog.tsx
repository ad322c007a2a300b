import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createGrant } from '../api/grants';
import { Choices } from '../kit/Choices';
import { Field, SelectField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import manage from '../manage/manage.module.css';
import { useSession } from '../session/SessionContext';
import { tableQuery } from '../table/queries';
import { GRANTS_KEY } from './grantsQuery';
import { GranteeField } from './PeopleFields';
import { ResourceField } from './ResourceField';
import { tableOf } from './resource';
import { VERB_CHOICES } from './verbs';

interface Props {
  opened: boolean;
  /** What the right is on at first; `fixed` where nothing else can be chosen. */
  on: string;
  fixed?: boolean;
  onClose: () => void;
}

export function GrantDialog({ opened, onClose, ...start }: Props) {
  return opened ? <Opened {...start} onClose={onClose} /> : null;
}

function Opened({ on: first, fixed = false, onClose }: Omit<Props, 'opened'>) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [to, setTo] = useState('');
  const [verb, setVerb] = useState('select');
  const [on, setOn] = useState(first);
  const [columns, setColumns] = useState<string[] | null>(null);
  const [rows, setRows] = useState('');
  const table = verb === 'select' ? tableOf(on) : null;

  async function grant() {
    await createGrant(transport, {
      to: to.trim(),
      verb,
      on: on.trim(),
      ...(table === null || columns === null ? {} : { columns }),
      ...(table === null || rows.trim() === '' ? {} : { rows: rows.trim() }),
    });
    await queryClient.invalidateQueries({ queryKey: GRANTS_KEY });
    onClose();
  }

  return (
    <FormDialog
      opened
      title={fixed ? `Grant on ${first.replace(/^\w+:/, '')}` : 'New grant'}
      action="Grant"
      wide
      ready={table === null || columns === null || columns.length > 0}
      onSubmit={grant}
      onClose={onClose}
    >
      <div className={kit.fields}>
        <GranteeField label="To" hint="A role or a user." required value={to} onChange={setTo} />
        <SelectField label="May" value={verb} options={VERB_CHOICES} onChange={setVerb} />
      </div>
      {!fixed && (
        <ResourceField
          everything
          value={on}
          onChange={(next) => {
            setOn(next);
            setColumns(null);
          }}
        />
      )}
      {table !== null && (
        <>
          <ColumnsPicker table={table} value={columns} onChange={setColumns} />
          <RowFilter value={rows} onChange={setRows} />
        </>
      )}
    </FormDialog>
  );
}

interface ColumnsProps {
  table: string;
  /** Null: all of them, later ones too. */
  value: string[] | null;
  onChange: (columns: string[] | null) => void;
}

function ColumnsPicker({ table, value, onChange }: ColumnsProps) {
  const { transport } = useSession();
  const { data } = useQuery({ ...tableQuery(transport, table), retry: false });
  if (data === undefined) {
    return null;
  }
  return (
    <>
      <Choices
        legend="Columns"
        value={value === null ? 'all' : 'some'}
        choices={[
          { value: 'all', label: 'All columns, later ones too' },
          { value: 'some', label: 'Only these; no other exists for whoever has the grant' },
        ]}
        onChange={(choice) => onChange(choice === 'all' ? null : [])}
      />
      {value !== null && (
        <fieldset className={manage.checks}>
          <legend className={kit.unseen}>Columns that are granted</legend>
          {data.columns.map(({ name }) => (
            <label key={name} className={kit.choice}>
              <input
                type="checkbox"
                checked={value.includes(name)}
                onChange={(event) =>
                  onChange(
                    data.columns
                      .map((column) => column.name)
                      .filter((one) => (one === name ? event.target.checked : value.includes(one))),
                  )
                }
              />
              <span className={kit.wrap}>{name}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

function RowFilter({ value, onChange }: { value: string; onChange: (rows: string) => void }) {
  return (
    <Field
      label="Rows (all, when empty)"
      hint={
        <>
          A condition in SQL over the columns of the table, such as{' '}
          <code className={kit.code}>country = 'DE'</code>.{' '}
          <code className={kit.code}>current_user</code> is the name of whoever asks:{' '}
          <code className={kit.code}>owner = current_user</code>.
        </>
      }
    >
      {(control) => (
        <textarea
          {...control}
          className={kit.input}
          rows={2}
          maxLength={4_000}
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
