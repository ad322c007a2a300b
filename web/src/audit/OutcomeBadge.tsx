import type { AuditEntry } from '../api/audit';
import kit from '../kit/kit.module.css';

const TONES = { done: 'good', denied: 'bad', failed: 'bad' } as const;

export function OutcomeBadge({ outcome }: Pick<AuditEntry, 'outcome'>) {
  return (
    <span className={kit.badge} data-tone={TONES[outcome]}>
      {outcome}
    </span>
  );
}
