import classes from './kit.module.css';

interface Props {
  label: string;
  /** From 0 to 1; null when nobody knows. */
  fraction: number | null;
}

export function ProgressBar({ label, fraction }: Props) {
  const percent = fraction === null ? null : Math.min(100, Math.max(0, fraction * 100));
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': Math.round(percent) })}
    >
      <div
        className={classes.barFill}
        data-unknown={percent === null || undefined}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
