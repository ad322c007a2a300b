import { useState } from 'react';
import type { TableDetail } from '../api/tables';
import type { TableHealth, WantedUpkeep } from '../api/upkeep';
import { TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { formatBytes, formatCount, plural } from '../results/figures';
import { DryRunDialog } from './DryRunDialog';
import { expiry } from './wishes';
import { figure } from './words';

interface Props {
  table: TableDetail;
  health: TableHealth;
  onClose: () => void;
}

/** Old versions go; first it is shown how many, and what that frees. */
export function ExpireDialog({ table, health, onClose }: Props) {
  const [keep, setKeep] = useState('5');
  const [days, setDays] = useState('');
  const [opened] = useState(() => Date.now());
  const wanted: WantedUpkeep | null = expiry(keep, days, opened);
  return (
    <DryRunDialog
      table={table}
      title={`Expire versions of ${table.namespace}.${table.table}`}
      wanted={wanted}
      action={(result) => {
        const gone = figure(result, 'expired_count') ?? 0;
        return { label: `Expire ${plural(gone, 'version')}`, useful: gone > 0 };
      }}
      told={(result) => <Preview result={result} />}
      onClose={onClose}
    >
      <p className={kit.lead}>
        {plural(health.snapshot_count, 'version')} can be read at this moment. What tags, branches
        and readers need stays. A version that has gone can be neither read nor rolled back to.
      </p>
      <div className={kit.fields}>
        <TextField
          label="Keep the newest"
          hint="So many versions of each branch stay."
          inputMode="numeric"
          required
          data-autofocus
          value={keep}
          onChange={setKeep}
        />
        <TextField
          label="Only those older than (days)"
          hint="Empty: whatever their age."
          inputMode="decimal"
          value={days}
          onChange={setDays}
        />
      </div>
    </DryRunDialog>
  );
}

function Preview({ result }: { result: Record<string, unknown> }) {
  const gone = figure(result, 'expired_count') ?? 0;
  const left = figure(result, 'remaining_count');
  const files = figure(result, 'deleted_files');
  const bytes = figure(result, 'freed_bytes');
  if (gone === 0) {
    return <p>No version would go.</p>;
  }
  return (
    <p>
      {plural(gone, 'version')} would go
      {left !== null && `, ${formatCount(left)} would stay`}.{' '}
      {files !== null && `${plural(files, 'file')} would be deleted`}
      {bytes !== null && `, ${formatBytes(bytes)} freed`}
      {files !== null && '.'}
    </p>
  );
}
