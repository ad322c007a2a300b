import { type ReactNode, useId } from 'react';
import classes from './kit.module.css';

interface Props {
  label: string;
  hint?: ReactNode;
  /** Draws the control; the text under it describes it. */
  children: (describedBy: { 'aria-describedby'?: string }) => ReactNode;
}

export function Field({ label, hint, children }: Props) {
  const hintId = useId();
  const described = hint === undefined ? {} : { 'aria-describedby': hintId };
  return (
    <div className={classes.field}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is what the function draws */}
      <label className={classes.label}>
        {label}
        {children(described)}
      </label>
      {hint !== undefined && (
        <span id={hintId} className={classes.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}
