import { useState } from 'react';
import type { TableDetail } from '../api/tables';
import { TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { formatBytes, formatCount, plural } from '../results/figures';
import { DryRunDialog } from './DryRunDialog';
import { orphans } from './wishes';
import { figure } from './words';

interface Props {
  table: TableDetail;
  onClose: () => void;
}

const FILES_SHOWN = 8;

/** Files that no version has; first it is shown which. */
export function OrphansDialog({ table, onClose }: Props) {
  const [days, setDays] = useState('');
  const [opened] = useState(() => Date.now());
  return (
    <DryRunDialog
      table={table}
      title={`Remove orphan files of ${table.namespace}.${table.table}`}
      wanted={orphans(days, opened)}
      action={(result) => {
        const found = figure(result, 'orphan_count') ?? 0;
        return { label: `Remove ${plural(found, 'file')}`, useful: found > 0 };
      }}
      told={(result) => <Preview result={result} />}
      onClose={onClose}
    >
      <p className={kit.lead}>
        Files below the table’s own location that no version has. What a write that is under way has
        written stays.
      </p>
      <TextField
        label="Older than (days)"
        hint="Empty: 3 days."
        inputMode="decimal"
        data-autofocus
        value={days}
        onChange={setDays}
      />
    </DryRunDialog>
  );
}

function Preview({ result }: { result: Record<string, unknown> }) {
  const found = figure(result, 'orphan_count') ?? 0;
  const bytes = figure(result, 'orphan_bytes');
  const files = Array.isArray(result.files) ? result.files.map(String) : [];
  if (found === 0) {
    return <p>There is no orphan file.</p>;
  }
  return (
    <>
      <p>
        {plural(found, 'file')} would go{bytes !== null && `, ${formatBytes(bytes)}`}.
      </p>
      {files.length > 0 && (
        <ul aria-label="Orphan files">
          {files.slice(0, FILES_SHOWN).map((file) => (
            <li key={file} className={`${kit.code} ${kit.wrap}`}>
              {file}
            </li>
          ))}
        </ul>
      )}
      {found > FILES_SHOWN && files.length > 0 && (
        <p className={kit.dim}>
          and {formatCount(found - Math.min(files.length, FILES_SHOWN))} more
        </p>
      )}
    </>
  );
}
