import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
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

interface TextProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  label: string;
  hint?: ReactNode;
  value: string;
  onChange: (value: string) => void;
}

/** A line of text, for machines: nothing corrects it. */
export function TextField({ label, hint, onChange, ...input }: TextProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <input
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...input}
          {...control}
          className={classes.input}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SelectProps<T extends string> {
  label: string;
  hint?: ReactNode;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectProps<T>) {
  const { label, hint, value, options, onChange } = props;
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <select
          {...control}
          className={classes.input}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value as T)}
        >
          {options.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
