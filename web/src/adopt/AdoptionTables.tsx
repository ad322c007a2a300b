import type { AdoptedTable } from '../api/adoptions';
import { Link } from '../app/routing';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { OUTCOMES } from './wanted';

interface Props {
  tables: AdoptedTable[];
  /** Those that are chosen, by their names there; null when there is nothing to choose. */
  chosen: ReadonlySet<string> | null;
  onChoose: (source: string, chosen: boolean) => void;
}

/** What was found, and what becomes of it. */
export function AdoptionTables({ tables, chosen, onChoose }: Props) {
  return (
    <ScrollTable
      label="Tables"
      head={
        <>
          {chosen !== null && (
            <th>
              <span className={kit.unseen}>Chosen</span>
            </th>
          )}
          <th>There</th>
          <th>Here</th>
          <th>Outcome</th>
          <th>Why</th>
        </>
      }
    >
      {tables.map((table) => (
        <tr key={table.source}>
          {chosen !== null && (
            <td>
              {table.outcome === 'possible' && (
                <input
                  type="checkbox"
                  aria-label={`Register ${table.source}`}
                  checked={chosen.has(table.source)}
                  onChange={(event) => onChoose(table.source, event.currentTarget.checked)}
                />
              )}
            </td>
          )}
          <th scope="row" className={kit.wrap}>
            {table.source}
          </th>
          <td className={kit.wrap}>
            <Here table={table} />
          </td>
          <td className={kit.nowrap}>
            <span className={kit.badge} data-tone={OUTCOMES[table.outcome].tone}>
              {OUTCOMES[table.outcome].words}
            </span>
          </td>
          <td className={kit.wrap}>{table.reason}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}

function Here({ table }: { table: AdoptedTable }) {
  const { name, outcome } = table;
  if (name === null || (outcome !== 'registered' && outcome !== 'already_here')) {
    return name ?? '–';
  }
  return (
    <Link className={kit.link} to="/tables/$name" params={{ name }}>
      {name}
    </Link>
  );
}
