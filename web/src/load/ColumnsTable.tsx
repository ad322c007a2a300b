import { useId, useState } from 'react';
import type { Preview } from '../api/loads';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { formatCell, oneLine } from '../results/cell';
import { plural } from '../results/figures';
import { type ColumnEdit, TYPES } from './columnChoices';
import classes from './load.module.css';

/** A file of two thousand columns is not drawn at once. */
const COLUMNS_SHOWN = 100;
const SAMPLES = 3;

interface Props {
  columns: ColumnEdit[];
  preview: Preview | null;
  onChange: (index: number, change: Partial<ColumnEdit>) => void;
  onIncludeAll: (included: boolean) => void;
}

/** One row a column: take it or not, its name, its type, and what it holds. */
export function ColumnsTable({ columns, preview, onChange, onIncludeAll }: Props) {
  const [shown, setShown] = useState(COLUMNS_SHOWN);
  const types = useId();
  const all = columns.every(({ included }) => included);
  return (
    <>
      <ScrollTable
        label="Columns"
        className={classes.columns}
        head={
          <>
            <th>
              <input
                type="checkbox"
                aria-label="Take all columns"
                title="Take all columns"
                checked={all}
                onChange={() => onIncludeAll(!all)}
              />
            </th>
            <th className={classes.sourceColumn}>In the file</th>
            <th>Name</th>
            <th>Type</th>
            <th className={classes.sampleColumn}>First values</th>
          </>
        }
        below={
          columns.length > shown && (
            <p className={kit.empty}>
              <button
                type="button"
                className={kit.linkButton}
                onClick={() => setShown(shown + 5 * COLUMNS_SHOWN)}
              >
                Show more of {plural(columns.length, 'column')}
              </button>
            </p>
          )
        }
      >
        {columns.slice(0, shown).map((column, index) => (
          <tr key={column.source} data-left-out={!column.included || undefined}>
            <td>
              <input
                type="checkbox"
                aria-label={`Take ${column.source}`}
                checked={column.included}
                onChange={() => onChange(index, { included: !column.included })}
              />
            </td>
            <th scope="row" className={classes.sourceColumn}>
              <div className={classes.source} title={column.source}>
                {column.source}
              </div>
            </th>
            <td className={classes.nameCell}>
              <input
                className={kit.input}
                aria-label={`Name of ${column.source}`}
                spellCheck={false}
                disabled={!column.included}
                value={column.name}
                onChange={(event) => onChange(index, { name: event.currentTarget.value })}
              />
            </td>
            <td className={classes.typeCell}>
              <TypeInput
                column={column}
                list={types}
                onChange={(type) => onChange(index, { type })}
              />
            </td>
            <td className={classes.sampleColumn}>
              <div className={classes.sample}>{samples(preview, index)}</div>
            </td>
          </tr>
        ))}
      </ScrollTable>
      <datalist id={types}>
        {TYPES.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
    </>
  );
}

interface TypeProps {
  column: ColumnEdit;
  list: string;
  onChange: (type: string) => void;
}

/** The usual types by name, any other by hand: DECIMAL has a precision, and nested types have parts. */
function TypeInput({ column, list, onChange }: TypeProps) {
  const [typing, setTyping] = useState(false);
  const usual = TYPES.includes(column.type) ? TYPES : [column.type, ...TYPES];
  if (typing) {
    return (
      <input
        className={kit.input}
        aria-label={`Type of ${column.source}`}
        list={list}
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the list that was used a moment ago
        autoFocus
        defaultValue={column.type}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        onBlur={(event) => {
          setTyping(false);
          onChange(event.currentTarget.value.trim().toUpperCase() || column.found.type);
        }}
      />
    );
  }
  return (
    <select
      className={kit.input}
      aria-label={`Type of ${column.source}`}
      disabled={!column.included}
      value={column.type}
      onChange={(event) => {
        if (event.currentTarget.value === '') {
          setTyping(true);
        } else {
          onChange(event.currentTarget.value);
        }
      }}
    >
      {usual.map((type) => (
        <option key={type} value={type}>
          {type}
          {type === column.found.type ? ' (found)' : ''}
        </option>
      ))}
      <option value="">another one…</option>
    </select>
  );
}

function samples(preview: Preview | null, index: number): string {
  if (preview === null) {
    return '';
  }
  const texts: string[] = [];
  for (const row of preview.rows) {
    const cell = formatCell(row[index], preview.columns[index]?.type ?? '', preview.marker);
    if (cell.kind !== 'null' && cell.text !== '') {
      texts.push(oneLine(cell.text));
    }
    if (texts.length === SAMPLES) {
      break;
    }
  }
  return texts.join(' · ');
}
