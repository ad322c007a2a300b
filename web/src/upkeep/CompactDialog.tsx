import { useState } from 'react';
import type { TableDetail } from '../api/tables';
import type { TableHealth } from '../api/upkeep';
import { Check, Choices } from '../kit/Choices';
import { TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import classes from './upkeep.module.css';
import { useStart } from './useStart';
import { compaction, type Strategy } from './wishes';
import { savingText } from './words';

interface Props {
  table: TableDetail;
  health: TableHealth;
  onClose: () => void;
}

/** Few large files instead of many small ones; what it would change stands above the button. */
export function CompactDialog({ table, health, onClose }: Props) {
  const start = useStart(table, onClose);
  const [strategy, setStrategy] = useState<Strategy>('binpack');
  const [columns, setColumns] = useState('');
  const [where, setWhere] = useState('');
  const [size, setSize] = useState('');
  const [all, setAll] = useState(false);
  const wanted = compaction({ strategy, columns, where, size, all });
  return (
    <FormDialog
      opened
      title={`Compact ${table.namespace}.${table.table}`}
      action="Compact"
      cancel={{ label: 'Close', focused: false }}
      ready={wanted !== null}
      onSubmit={() => (wanted === null ? Promise.resolve() : start(wanted))}
      onClose={onClose}
    >
      <p className={classes.preview}>
        {strategy === 'binpack'
          ? savingText(health.saving)
          : 'The rows of the files that are taken are put into the order that you say.'}
      </p>
      <Choices<Strategy>
        legend="How"
        value={strategy}
        onChange={setStrategy}
        choices={[
          { value: 'binpack', label: 'Put small files together, and apply deletes' },
          { value: 'sort', label: 'In an order, for conditions on its first column' },
          { value: 'zorder', label: 'In Z-order, for conditions on any of two or more columns' },
        ]}
      />
      {strategy !== 'binpack' && (
        <TextField
          label="Columns"
          hint="With commas between; empty: the table’s own order."
          placeholder={table.columns
            .slice(0, 2)
            .map(({ name }) => name)
            .join(', ')}
          value={columns}
          onChange={setColumns}
        />
      )}
      <div className={kit.fields}>
        <TextField
          label="Only rows where"
          hint="An SQL condition; files that cannot hold such rows stay as they are."
          value={where}
          onChange={setWhere}
        />
        <TextField
          label="Size of a file"
          hint="Such as 128 MB; empty: the table’s own."
          value={size}
          onChange={setSize}
        />
      </div>
      <Check checked={all} onChange={setAll}>
        All files, those of a good size too
      </Check>
      <p className={kit.hint}>Readers and appends go on meanwhile. No row changes.</p>
    </FormDialog>
  );
}
