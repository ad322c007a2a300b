import { type ReactNode, useId } from 'react';
import classes from './kit.module.css';

interface Control {
  id: string;
  'aria-describedby'?: string;
}

interface Props {
  label: string;
  hint?: ReactNode;
  /** Draws the control; the text under it describes it. */
  children: (control: Control) => ReactNode;
}

export function Field({ label, hint, children }: Props) {
  const id = useId();
  const hintId = useId();
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      {children(hint === undefined ? { id } : { id, 'aria-describedby': hintId })}
      {hint !== undefined && (
        <span id={hintId} className={classes.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}
