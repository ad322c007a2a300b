import { Button } from '@mantine/core';
import { useState } from 'react';
import { randomUuid } from '../api/identifier';
import { Problem } from '../api/problem';
import {
  cancelStatement,
  EXPORT_FORMATS,
  type ExportFormat,
  exportStatement,
  type StatementResult,
} from '../api/statements';
import { Menu } from '../kit/Menu';
import { useSession } from '../session/SessionContext';
import type { StatementRequest } from '../workbench/statementState';
import { COPY_CELLS, type CopyFormat, copyText, rowsAsText } from './copyRows';
import { formatBytes, formatCount } from './figures';
import classes from './ResultPanel.module.css';
import { SaveTableDialog } from './SaveTableDialog';
import { saveFile } from './saveFile';
import type { RowOrder } from './sortRows';

const FORMAT_NAMES: Record<ExportFormat, string> = {
  csv: 'CSV',
  parquet: 'Parquet',
  xlsx: 'Excel (XLSX)',
  ndjson: 'NDJSON',
  arrow: 'Arrow',
};
const COPIES: [CopyFormat, string][] = [
  ['tsv', 'for a spreadsheet (TSV)'],
  ['csv', 'as CSV'],
  ['markdown', 'as Markdown'],
];

interface Props {
  result: StatementResult;
  request: StatementRequest;
  title: string;
  view: 'grid' | 'chart';
  onView: (view: 'grid' | 'chart') => void;
  onFind: () => void;
  order: () => RowOrder;
}

export function ResultBar({ result, request, title, view, onView, onFind, order }: Props) {
  const { transport } = useSession();
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const [exporting, setExporting] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  async function exportAs(format: ExportFormat) {
    const id = randomUuid();
    setExporting(id);
    setProblem('');
    setSaid(`The server writes ${FORMAT_NAMES[format]}…`);
    try {
      const { statement, parameters } = request;
      const file = await exportStatement(transport, id, statement, parameters, format);
      saveFile(file, `${title}.${format}`);
      setSaid(`${title}.${format}, ${formatBytes(file.size)}`);
    } catch (failure) {
      const { code, message } = Problem.from(failure);
      setSaid(code === 'statement_cancelled' ? 'Export cancelled' : '');
      setProblem(code === 'statement_cancelled' ? '' : message);
    } finally {
      setExporting(null);
    }
  }

  async function copyAs(format: CopyFormat) {
    setProblem('');
    if (result.rows.length * result.columns.length > COPY_CELLS) {
      setProblem(`More than ${formatCount(COPY_CELLS)} cells: export them to a file instead.`);
      return;
    }
    const copied = await copyText(rowsAsText(result, order(), format));
    setSaid(copied ? `${formatCount(result.rows.length)} rows copied` : '');
    setProblem(copied ? '' : 'The browser did not let the page copy. Export to a file instead.');
  }

  return (
    <div className={classes.bar}>
      <fieldset className={classes.views} aria-label="Show as">
        <button type="button" aria-pressed={view === 'grid'} onClick={() => onView('grid')}>
          Grid
        </button>
        <button type="button" aria-pressed={view === 'chart'} onClick={() => onView('chart')}>
          Chart
        </button>
      </fieldset>
      <Menu
        label="Export"
        disabled={exporting !== null}
        items={[
          ...EXPORT_FORMATS.map((format) => ({
            label: FORMAT_NAMES[format],
            onSelect: () => void exportAs(format),
          })),
          { label: 'Save as a table…', onSelect: () => setSaving(true) },
        ]}
      />
      {exporting !== null && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void cancelStatement(transport, exporting).catch(() => false)}
        >
          Cancel export
        </Button>
      )}
      <Menu
        label="Copy"
        items={COPIES.map(([format, label]) => ({ label, onSelect: () => void copyAs(format) }))}
      />
      {view === 'grid' && (
        <Button size="compact-sm" variant="default" onClick={onFind}>
          Find
        </Button>
      )}
      <span role="status" className={classes.said}>
        {said}
      </span>
      {problem !== '' && (
        <span role="alert" className={classes.said}>
          {problem}
        </span>
      )}
      <SaveTableDialog
        opened={saving}
        request={request}
        onClose={() => setSaving(false)}
        onSaved={(words) => {
          setSaving(false);
          setSaid(words);
        }}
      />
    </div>
  );
}
