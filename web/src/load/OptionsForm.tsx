import { useState } from 'react';
import type { FileOptions } from '../api/loads';
import { Field } from '../kit/Field';
import classes from '../kit/kit.module.css';
import { characterName, NO_CHARACTER, type OptionTexts, optionsOf } from './optionTexts';

interface Props {
  texts: OptionTexts;
  /** What the last preview found. */
  found: FileOptions;
  onChange: (name: keyof OptionTexts, text: string) => void;
}

interface Choice {
  value: string;
  label: string;
}

const FORMATS: Choice[] = [
  { value: 'csv', label: 'CSV or TSV' },
  { value: 'json', label: 'JSON' },
  { value: 'parquet', label: 'Parquet' },
  { value: 'xlsx', label: 'Excel' },
];

const characters = (...values: string[]): Choice[] =>
  values.map((value) => ({
    value: value === '' ? NO_CHARACTER : value,
    label: characterName(value),
  }));

const LABELS: Record<keyof FileOptions, string> = {
  format: 'Format',
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  quote: 'Quote',
  escape: 'Escape of a quote',
  comment: 'Comment begins with',
  header: 'First line',
  skip_lines: 'Lines to skip at the top',
  decimal: 'Decimal sign',
  thousands: 'Thousands sign',
  date_order: 'Order of dates',
  null_words: 'Words for no value',
  sheet: 'Sheet',
  range: 'Range of cells',
};

/** Options with a short list; the others are typed. */
const CHOICES: Partial<Record<keyof FileOptions, Choice[]>> = {
  format: FORMATS,
  delimiter: characters(',', ';', '\t', '|', ' '),
  quote: characters('"', "'", ''),
  escape: characters('"', '\\'),
  comment: characters('#', ''),
  decimal: characters('.', ','),
  thousands: characters(',', '.', ' ', "'", ''),
  header: [
    { value: 'true', label: 'holds the names' },
    { value: 'false', label: 'is a row' },
  ],
  date_order: [
    { value: 'ymd', label: 'year, month, day' },
    { value: 'dmy', label: 'day, month, year' },
    { value: 'mdy', label: 'month, day, year' },
  ],
  encoding: ['UTF-8', 'UTF-16', 'ISO-8859-1', 'windows-1252'].map((value) => ({
    value,
    label: value,
  })),
};

const OTHER_CHARACTER: (keyof FileOptions)[] = ['delimiter', 'quote', 'comment', 'thousands'];

const HINTS: Partial<Record<keyof FileOptions, string>> = {
  null_words: 'With commas between them; nothing before a comma is the empty cell.',
  range: 'Such as A3:F200.',
};

export function OptionsForm({ texts, found, onChange }: Props) {
  const format = texts.format === '' ? (found.format ?? 'csv') : texts.format;
  return (
    <div className={classes.fields}>
      {(['format', ...optionsOf(format)] as const).map((name) => (
        <OptionField
          key={name}
          name={name}
          text={texts[name]}
          found={texts[name] === '' ? foundWords(name, found) : 'as in the file'}
          onChange={(text) => onChange(name, text)}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  name: keyof FileOptions;
  text: string;
  found: string;
  onChange: (text: string) => void;
}

function OptionField({ name, text, found, onChange }: OptionProps) {
  const choices = CHOICES[name];
  const listed = choices?.some(({ value }) => value === text) ?? false;
  const [other, setOther] = useState(text !== '' && !listed);
  const hint = HINTS[name];
  const hinted = hint === undefined ? {} : { hint };
  if (choices === undefined) {
    return (
      <Field label={LABELS[name]} {...hinted}>
        {(control) => (
          <input
            {...control}
            className={classes.input}
            value={text}
            placeholder={found}
            spellCheck={false}
            inputMode={name === 'skip_lines' ? 'numeric' : 'text'}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )}
      </Field>
    );
  }
  return (
    <>
      <Field label={LABELS[name]} {...hinted}>
        {(control) => (
          <select
            {...control}
            className={classes.input}
            value={other ? 'other' : text}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setOther(value === 'other');
              onChange(value === 'other' ? '' : value);
            }}
          >
            <option value="">{found}</option>
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
            {OTHER_CHARACTER.includes(name) && <option value="other">another one…</option>}
          </select>
        )}
      </Field>
      {other && (
        <Field label={`${LABELS[name]}: which character`}>
          {(control) => (
            <input
              {...control}
              className={classes.input}
              value={text}
              maxLength={1}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** What is used when nothing is chosen. */
function foundWords(name: keyof FileOptions, found: FileOptions): string {
  const value = found[name];
  if (value === undefined || value === null) {
    return 'as in the file';
  }
  if (Array.isArray(value)) {
    return value.join(', ');
  }
  if (typeof value === 'boolean') {
    return value ? 'holds the names (found)' : 'is a row (found)';
  }
  const listed = CHOICES[name]?.find((choice) => choice.value === value)?.label;
  const text = listed ?? (typeof value === 'string' ? characterName(value) : String(value));
  return `${text} (found)`;
}
