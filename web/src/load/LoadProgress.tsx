import { Button } from '@mantine/core';
import { Link } from '../app/routing';
import kit from '../kit/kit.module.css';
import { ProgressBar } from '../kit/ProgressBar';
import { formatBytes, plural } from '../results/figures';
import type { FlowState } from './flowState';

interface Props {
  state: Extract<FlowState, { step: 'loading' }>;
  onCancel: () => void;
}

export function LoadProgress({ state, onCancel }: Props) {
  const { shaping, load, cancelling } = state;
  const { namespace, table } = shaping.target;
  return (
    <section className={kit.card} aria-label="Load">
      <div className={kit.stack}>
        <div role="status">
          <h2 className={kit.cardTitle}>
            {cancelling ? 'Cancelling…' : `Loading into ${namespace}.${table}`}
          </h2>
        </div>
        <ProgressBar label="Load" fraction={load?.fraction ?? null} />
        <div className={kit.row}>
          <span className={kit.dim}>
            {load === null
              ? 'Starting…'
              : `${plural(load.rows, 'row')} · ${formatBytes(load.bytes_read)} read`}
            {load !== null &&
              load.rejected_rows > 0 &&
              ` · ${plural(load.rejected_rows, 'reject')}`}
          </span>
          <Button size="compact-sm" variant="default" disabled={cancelling} onClick={onCancel}>
            Cancel
          </Button>
        </div>
        <p className={kit.lead}>
          It goes on when you leave this page; find it under{' '}
          <Link className={kit.link} to="/activity">
            Activity
          </Link>
          .
        </p>
      </div>
    </section>
  );
}
