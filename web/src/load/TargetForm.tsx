import { useId } from 'react';
import type { Table } from '../api/catalog';
import { Link } from '../app/routing';
import { Check, Choices } from '../kit/Choices';
import { Field } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { plural } from '../results/figures';
import type { Target } from './flowState';

interface Props {
  target: Target;
  namespaces: string[];
  tables: Table[];
  /** The table that has this name already. */
  existing: Table | null;
  onChange: (change: Partial<Target>) => void;
}

export function TargetForm({ target, namespaces, tables, existing, onChange }: Props) {
  const namespaceList = useId();
  const tableList = useId();
  return (
    <div className={kit.stack}>
      <div className={kit.fields}>
        <Field label="Namespace">
          {(control) => (
            <input
              {...control}
              className={kit.input}
              list={namespaceList}
              spellCheck={false}
              autoCapitalize="none"
              value={target.namespace}
              onChange={(event) => onChange({ namespace: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Table">
          {(control) => (
            <input
              {...control}
              className={kit.input}
              list={tableList}
              spellCheck={false}
              autoCapitalize="none"
              value={target.table}
              onChange={(event) => onChange({ table: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <datalist id={namespaceList}>
        {namespaces.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={tableList}>
        {tables.map(({ table }) => (
          <option key={table} value={table} />
        ))}
      </datalist>
      {existing !== null && (
        <p className={kit.lead}>
          <Link className={kit.link} to="/tables/$name" params={{ name: existing.name }}>
            {existing.namespace}.{existing.table}
          </Link>{' '}
          exists already
          {existing.row_count === null ? '' : ` with ${plural(existing.row_count, 'row')}`}.
        </p>
      )}
      <Choices
        legend="What to do"
        value={target.mode}
        onChange={(mode) => onChange({ mode })}
        choices={[
          { value: 'create', label: 'Create a new table' },
          { value: 'append', label: 'Append the rows to the table' },
          { value: 'replace', label: 'Replace all rows of the table' },
        ]}
      />
      {target.mode === 'append' && (
        <Check checked={target.addColumns} onChange={(addColumns) => onChange({ addColumns })}>
          Add columns that the table does not have yet
        </Check>
      )}
      <Choices
        legend="A row that does not fit"
        value={target.onError}
        onChange={(onError) => onChange({ onError })}
        choices={[
          { value: 'stop', label: 'stops the load, and nothing is loaded' },
          { value: 'skip', label: 'is skipped, and kept in a file of rejects' },
        ]}
      />
      {target.onError === 'skip' && (
        <Field label="Table for the rejects (optional)" hint="Such as shop.orders_rejects.">
          {(control) => (
            <input
              {...control}
              className={kit.input}
              spellCheck={false}
              autoCapitalize="none"
              value={target.rejectsTable}
              onChange={(event) => onChange({ rejectsTable: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <Check checked={target.once} onChange={(once) => onChange({ once })}>
        Load the same bytes only once: when they are in the table already, nothing is written
      </Check>
    </div>
  );
}
