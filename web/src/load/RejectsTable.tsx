import { useQuery } from '@tanstack/react-query';
import { type Load, rejectsPath } from '../api/loads';
import { Problem } from '../api/problem';
import type { Transport } from '../api/transport';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { formatCount, plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import classes from './load.module.css';
import { firstRejects, type Rejects } from './rejects';

const ROWS_SHOWN = 50;
const BYTES_READ = 256_000;

/** The rows that were skipped: the first of them here, all of them as a file. */
export function RejectsTable({ load }: { load: Load }) {
  const { transport } = useSession();
  const rejects = useQuery({
    queryKey: ['rejects', load.id],
    queryFn: ({ signal }) => readRejects(transport, load.id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className={kit.card} aria-label="Rejects">
      <div className={kit.row}>
        <h2 className={kit.cardTitle}>{plural(load.rejected_rows, 'row')} did not fit</h2>
        <a className={kit.link} href={rejectsPath(load.id)} download>
          Download all as CSV
        </a>
      </div>
      {rejects.error !== null && <Notice problem={Problem.from(rejects.error)} />}
      {rejects.data !== undefined && <Table rejects={rejects.data} total={load.rejected_rows} />}
    </section>
  );
}

function Table({ rejects, total }: { rejects: Rejects; total: number }) {
  return (
    <ScrollTable
      label="First rejects"
      className={classes.rejects}
      head={rejects.header.map((name) => <th key={name}>{name}</th>)}
      below={
        rejects.rows.length < total && (
          <p className={kit.empty}>
            The first {formatCount(rejects.rows.length)} of {formatCount(total)}.
          </p>
        )
      }
    >
      {rejects.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no other name, and never change
        <tr key={index}>
          {rejects.header.map((name, at) => (
            <td key={name} className={kit.wrap}>
              {row[at]}
            </td>
          ))}
        </tr>
      ))}
    </ScrollTable>
  );
}

/** Reads the beginning alone: a file of rejects can be as large as the file itself. */
async function readRejects(
  transport: Transport,
  id: string,
  signal: AbortSignal,
): Promise<Rejects> {
  const response = await transport.send('GET', rejectsPath(id), { signal });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let whole = false;
  while (reader !== undefined && text.length < BYTES_READ) {
    const { done, value } = await reader.read();
    if (done) {
      whole = true;
      break;
    }
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return firstRejects(text, ROWS_SHOWN, whole);
}
