import kit from '../kit/kit.module.css';
import { standing } from './words';

export function HealthBadge({
  scanShare,
  deleteRatio,
}: {
  scanShare: number;
  deleteRatio: number;
}) {
  const { text, tone } = standing(scanShare, deleteRatio);
  return (
    <span className={kit.badge} data-tone={tone}>
      {text}
    </span>
  );
}
