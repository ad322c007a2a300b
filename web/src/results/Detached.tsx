import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { StatementRecord } from '../api/records';
import { formatDuration, plural } from './figures';
import classes from './ResultPanel.module.css';

interface Props {
  record: StatementRecord | null;
  looking: boolean;
  onCancel: () => void;
  children: ReactNode;
}

/** A statement that ran when the page was reloaded: its rows are gone, what became of it is not. */
export function Detached({ record, looking, onCancel, children }: Props) {
  const running = record?.state === 'running';
  return (
    <div className={classes.detached}>
      <strong>The page was reloaded while a statement ran</strong>
      <p role="status">{looking ? 'Looking what became of it…' : words(record)}</p>
      {!looking && (
        <div className={classes.views}>
          {running ? (
            <Button size="compact-sm" variant="default" onClick={onCancel}>
              Cancel
            </Button>
          ) : (
            children
          )}
        </div>
      )}
    </div>
  );
}

function words(record: StatementRecord | null): string {
  if (record === null) {
    return 'The server has no record of it: it did not begin, or its record is gone.';
  }
  const took = formatDuration(record.elapsed_ms);
  switch (record.state) {
    case 'running':
      return 'It still runs on the server; its rows will not come here. Cancel it, or wait for its end.';
    case 'completed':
      return `It completed after ${took}${record.row_count === null ? '' : ` with ${plural(record.row_count, 'row')}`}. Run it again to see the rows.`;
    case 'failed':
      return `It failed after ${took}: ${record.error?.detail ?? 'no reason is known'}`;
    case 'cancelled':
      return `It was cancelled after ${took}.`;
  }
}
