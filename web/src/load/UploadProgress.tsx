import { Button } from '@mantine/core';
import { Notice } from '../app/Notice';
import classes from '../kit/kit.module.css';
import { ProgressBar } from '../kit/ProgressBar';
import { formatBytes, formatDuration, plural } from '../results/figures';
import type { FlowState } from './flowState';

type Uploading = Extract<FlowState, { step: 'uploading' }>;
type Interrupted = Extract<FlowState, { step: 'interrupted' }>;

export function UploadProgress({ state, onCancel }: { state: Uploading; onCancel: () => void }) {
  const { files, total, sent, startedAt } = state;
  const seconds = Math.max(0.001, (Date.now() - startedAt) / 1000);
  const left = sent === 0 ? null : ((total - sent) / sent) * seconds;
  return (
    <section className={classes.card} aria-label="Upload">
      <div className={classes.stack}>
        <div role="status">
          <h2 className={classes.cardTitle}>Uploading {namesOf(files)}</h2>
        </div>
        <ProgressBar label="Upload" fraction={total === 0 ? null : sent / total} />
        <div className={classes.row}>
          <span className={classes.dim}>
            {sent >= total && total > 0
              ? 'Sent; the server is writing it down…'
              : `${formatBytes(sent)} of ${formatBytes(total)} · ${formatBytes(sent / seconds)}/s`}
            {left !== null && left > 2 && ` · ${formatDuration(left * 1000)} left`}
          </span>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </section>
  );
}

interface InterruptedProps {
  state: Interrupted;
  onRetry: () => void;
  onStartOver: () => void;
}

export function UploadInterrupted({ state, onRetry, onStartOver }: InterruptedProps) {
  const { files, problem } = state;
  return (
    <section className={classes.card} aria-label="Upload">
      <div className={classes.stack}>
        <h2 className={classes.cardTitle}>{namesOf(files)} did not arrive</h2>
        {problem.status === 401 ? (
          <p className={classes.lead}>The upload goes on as soon as you have signed in again.</p>
        ) : (
          <Notice problem={problem} />
        )}
        <div className={classes.row}>
          <Button onClick={onRetry}>Send again</Button>
          <Button variant="default" onClick={onStartOver}>
            Choose other files
          </Button>
        </div>
      </div>
    </section>
  );
}

function namesOf(files: File[]): string {
  return files.length === 1 ? (files[0]?.name ?? '') : plural(files.length, 'file');
}
