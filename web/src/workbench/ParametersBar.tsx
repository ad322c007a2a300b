import {
  NO_VALUE,
  PARAMETER_TYPES,
  type ParameterInput,
  type ParameterInputs,
  type ParameterType,
  parameterValue,
} from '../editor/parameters';
import classes from './ParametersBar.module.css';

interface Props {
  names: string[];
  inputs: ParameterInputs;
  onChange: (inputs: ParameterInputs) => void;
  onRun: () => void;
}

/** A field for each `:name` of the text. */
export function ParametersBar({ names, inputs, onChange, onRun }: Props) {
  if (names.length === 0) {
    return null;
  }
  return (
    <form
      className={classes.bar}
      aria-label="Parameters"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      {names.map((name) => (
        <ParameterField
          key={name}
          name={name}
          input={inputs[name] ?? NO_VALUE}
          onChange={(input) => onChange({ ...inputs, [name]: input })}
        />
      ))}
      <button type="submit" className={classes.unseen} tabIndex={-1} aria-hidden="true">
        Run
      </button>
    </form>
  );
}

interface FieldProps {
  name: string;
  input: ParameterInput;
  onChange: (input: ParameterInput) => void;
}

function ParameterField({ name, input, onChange }: FieldProps) {
  const { type, value } = input;
  const unfit = value !== '' && parameterValue(input) === null;
  return (
    <span className={classes.field}>
      <span className={classes.name}>:{name}</span>
      <select
        aria-label={`Type of ${name}`}
        value={type}
        onChange={(event) => onChange(retyped(value, event.currentTarget.value as ParameterType))}
      >
        {PARAMETER_TYPES.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      {type === 'boolean' ? (
        <select
          aria-label={`Value of ${name}`}
          value={value === 'true' ? 'true' : 'false'}
          onChange={(event) => onChange({ type, value: event.currentTarget.value })}
        >
          <option>true</option>
          <option>false</option>
        </select>
      ) : (
        type !== 'null' && (
          <input
            aria-label={`Value of ${name}`}
            aria-invalid={unfit}
            type={INPUT_TYPES[type]}
            {...(type === 'number' ? { inputMode: 'decimal' } : {})}
            {...(type === 'timestamp' ? { step: 1 } : {})}
            spellCheck={false}
            value={value}
            onChange={(event) => onChange({ type, value: event.currentTarget.value })}
          />
        )
      )}
    </span>
  );
}

const INPUT_TYPES = {
  text: 'text',
  number: 'text',
  date: 'date',
  timestamp: 'datetime-local',
} as const;

function retyped(value: string, type: ParameterType): ParameterInput {
  switch (type) {
    case 'text':
      return { type, value };
    case 'number':
      return { type, value: Number.isNaN(Number(value)) ? '' : value };
    case 'boolean':
      return { type, value: value === 'true' ? 'true' : 'false' };
    case 'date':
      return { type, value: /^\d{4}-\d\d-\d\d/.exec(value)?.[0] ?? '' };
    case 'timestamp':
    case 'null':
      return { type, value: '' };
  }
}
