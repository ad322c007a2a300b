import type { ReactNode } from 'react';
import type { ResultColumn } from '../api/statements';
import { Menu } from '../kit/Menu';
import classes from './chart.module.css';
import {
  CHART_KINDS,
  type ChartChoice,
  type ChartSort,
  DEFAULT_TOP,
  type NumberFormat,
  roleOf,
  withKind,
} from './chartChoice';

const SORTS: Record<ChartSort, string> = { none: 'As in the result', x: 'By x', value: 'By value' };
const FORMATS: Record<NumberFormat, string> = {
  auto: '1,234',
  plain: '1234',
  compact: '1.2K',
  percent: '12 %',
};
const MANY = 100_000;

interface Props {
  columns: ResultColumn[];
  choice: ChartChoice;
  onChange: (choice: ChartChoice) => void;
  children: ReactNode;
}

export function ChartForm({ columns, choice, onChange, children }: Props) {
  const set = (fields: Partial<ChartChoice>) => onChange({ ...choice, ...fields });
  const numbers = columns.filter((column) => roleOf(column) === 'number');
  const single = choice.kind === 'pie';
  return (
    <fieldset className={classes.form}>
      <legend className={classes.unseen}>What the chart shows</legend>
      <Select
        label="Chart"
        value={choice.kind}
        options={CHART_KINDS.map((kind) => [kind, kind])}
        onChange={(kind) => onChange(withKind(choice, kind as ChartChoice['kind']))}
      />
      <Select
        label="x"
        value={choice.x ?? ''}
        options={[['', 'row'], ...columns.map(({ name }) => [name, name] as [string, string])]}
        onChange={(x) => set({ x: x === '' ? null : x })}
      />
      {single ? (
        <Select
          label="y"
          value={choice.y[0] ?? ''}
          options={numbers.map(({ name }) => [name, name])}
          onChange={(y) => set({ y: [y] })}
        />
      ) : (
        <Menu
          label={`y: ${choice.y.join(', ')}`}
          items={numbers.map(({ name }) => ({
            label: name,
            checked: choice.y.includes(name),
            onSelect: () => {
              const y = choice.y.includes(name)
                ? choice.y.filter((one) => one !== name)
                : [...choice.y, name];
              if (y.length > 0) {
                set({ y });
              }
            },
          }))}
        />
      )}
      {!single && (
        <Select
          label="Series"
          value={choice.series ?? ''}
          options={[['', 'none'], ...columns.map(({ name }) => [name, name] as [string, string])]}
          onChange={(series) => set({ series: series === '' ? null : series })}
        />
      )}
      {choice.kind !== 'scatter' && (
        <>
          <Select
            label="Sort"
            value={choice.sort}
            options={Object.entries(SORTS)}
            onChange={(sort) => set({ sort: sort as ChartSort })}
          />
          <label className={classes.choice}>
            Top
            <input
              type="number"
              min={1}
              max={MANY}
              placeholder="all"
              title={`For example ${DEFAULT_TOP}; empty shows all`}
              value={choice.top ?? ''}
              onChange={(event) => {
                const top = Number(event.currentTarget.value);
                set({ top: Number.isInteger(top) && top >= 1 && top <= MANY ? top : null });
              }}
            />
          </label>
        </>
      )}
      {(choice.kind === 'bar' || choice.kind === 'area') && (
        <label className={classes.choice}>
          <input
            type="checkbox"
            checked={choice.stack}
            onChange={(event) => set({ stack: event.currentTarget.checked })}
          />
          Stack
        </label>
      )}
      <Select
        label="Numbers"
        value={choice.format}
        options={Object.entries(FORMATS)}
        onChange={(format) => set({ format: format as NumberFormat })}
      />
      {children}
    </fieldset>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: [string, string][];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <label className={classes.choice}>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
