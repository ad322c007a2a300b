import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { randomUuid } from '../api/identifier';
import { Problem } from '../api/problem';
import { cancelSent, type Explanation, explainStatement } from '../api/statements';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { CopyText } from '../kit/CopyText';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { formatBytes, formatCount } from '../results/figures';
import { useSession } from '../session/SessionContext';
import type { StatementRequest } from './statementState';

interface Props {
  /** Null while it is closed. */
  request: StatementRequest | null;
  onClose: () => void;
}

export function ExplainDialog({ request, onClose }: Props) {
  const { transport } = useSession();
  const [explanation, setExplanation] = useState<Explanation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    setExplanation(null);
    setProblem(null);
    if (request === null) {
      return;
    }
    const id = randomUuid();
    let asked = true;
    let waiting = true;
    explainStatement(transport, id, request.statement, request.parameters)
      .then(
        (answer) => asked && setExplanation(answer),
        (failure) => asked && setProblem(Problem.from(failure)),
      )
      .finally(() => {
        waiting = false;
      });
    return () => {
      asked = false;
      // Nobody waits for it any more.
      void cancelSent(transport, id, () => waiting);
    };
  }, [transport, request]);

  return (
    <Dialog opened={request !== null} title="Explain" wide onClose={onClose}>
      <div className={kit.stack}>
        {problem !== null && <Notice problem={problem} />}
        {problem === null && explanation === null && (
          <div className={kit.row}>
            <p className={kit.hint}>Planning…</p>
            <Button variant="default" size="compact-sm" onClick={onClose}>
              Cancel
            </Button>
          </div>
        )}
        {explanation !== null && <Tables tables={explanation.tables} />}
        {explanation !== null && <Conditions tables={explanation.tables} />}
        {explanation !== null && <CopyText label="Plan" text={explanation.plan} />}
      </div>
    </Dialog>
  );
}

function Conditions({ tables }: Pick<Explanation, 'tables'>) {
  const used = tables.flatMap((table) =>
    table.conditions.map((condition) => ({ table: table.name, ...condition })),
  );
  if (used.length === 0) {
    return null;
  }
  return (
    <ScrollTable
      label="Which conditions skip files"
      head={
        <>
          <th scope="col">Table</th>
          <th scope="col">Condition</th>
          <th scope="col" className={kit.number}>
            By partition
          </th>
          <th scope="col" className={kit.number}>
            By bounds
          </th>
        </>
      }
    >
      {used.map((row) => (
        <tr key={`${row.table} ${row.condition}`}>
          <th scope="row">{row.table}</th>
          <td>{row.condition}</td>
          <td className={kit.number}>{formatCount(row.by_partition)}</td>
          <td className={kit.number}>{formatCount(row.by_bounds)}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}

function Tables({ tables }: Pick<Explanation, 'tables'>) {
  if (tables.length === 0) {
    return <p className={kit.hint}>The statement reads no table.</p>;
  }
  return (
    <ScrollTable
      label="What is read"
      head={
        <>
          <th scope="col">Table</th>
          <th scope="col" className={kit.number}>
            Files planned
          </th>
          <th scope="col" className={kit.number}>
            Skipped by partition
          </th>
          <th scope="col" className={kit.number}>
            Skipped by bounds
          </th>
          <th scope="col" className={kit.number}>
            Bytes planned
          </th>
          <th scope="col" className={kit.number}>
            Bytes skipped
          </th>
          <th scope="col" className={kit.number}>
            Rows planned
          </th>
        </>
      }
    >
      {tables.map((table) => (
        <tr key={table.name}>
          <th scope="row">{table.name}</th>
          <td className={kit.number}>{formatCount(table.files_planned)}</td>
          <td className={kit.number}>{formatCount(table.files_skipped_by_partition)}</td>
          <td className={kit.number}>{formatCount(table.files_skipped_by_bounds)}</td>
          <td className={kit.number}>{formatBytes(table.bytes_planned)}</td>
          <td className={kit.number}>{formatBytes(table.bytes_total - table.bytes_planned)}</td>
          <td className={kit.number}>{formatCount(table.rows_planned)}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
