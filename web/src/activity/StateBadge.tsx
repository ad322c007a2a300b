import kit from '../kit/kit.module.css';

const TONES: Record<string, string> = { completed: 'good', failed: 'bad' };

export function StateBadge({ state }: { state: string }) {
  return (
    <span className={kit.badge} data-tone={TONES[state]}>
      {state}
    </span>
  );
}
