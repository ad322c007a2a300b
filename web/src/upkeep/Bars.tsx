import classes from './upkeep.module.css';

export interface Bar {
  key: string;
  name: string;
  /** What the bar is long by. */
  size: number;
  text: string;
  tone?: 'bad';
}

/** A picture of figures that reads as a list. */
export function Bars({ label, bars }: { label: string; bars: Bar[] }) {
  const most = Math.max(1, ...bars.map(({ size }) => size));
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map(({ key, name, size, text, tone }) => (
        <li key={key} className={classes.bar}>
          <span className={classes.barName} title={name}>
            {name}
          </span>
          <span className={classes.barTrack} aria-hidden="true">
            <span
              className={classes.barFill}
              data-tone={tone}
              style={{ width: `${(size / most) * 100}%` }}
            />
          </span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
