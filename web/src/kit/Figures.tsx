import type { ReactNode } from 'react';
import classes from './Figures.module.css';

interface Props {
  /** What each is called, and what it is. */
  figures: readonly (readonly [string, ReactNode])[];
}

/** Named figures side by side, as many in a line as there is room for. */
export function Figures({ figures }: Props) {
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
