import type { ReactNode } from 'react';
import type { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import { formatCount } from '../results/figures';
import { adviceFor } from './advice';
import classes from './load.module.css';

interface Props {
  problem: Problem;
  onSkip?: () => void;
}

/** What could not be taken, where it stands in the file, and what can be done about it. */
export function LoadProblem({ problem, onSkip }: Props) {
  const { place } = problem;
  const advice = adviceFor(problem);
  return (
    <div className={kit.stack}>
      <Notice problem={problem} />
      {place !== null && (
        <dl className={classes.place}>
          <Fact term="File" value={place.file} />
          <Fact term="Line" value={place.line === null ? null : formatCount(place.line)} />
          <Fact term="Column" value={place.column} />
          <Fact term="Value" value={place.value} />
        </dl>
      )}
      {advice !== null && <p className={kit.lead}>{advice}</p>}
      {problem.code === 'bad_row' && onSkip !== undefined && (
        <div>
          <button type="button" className={kit.linkButton} onClick={onSkip}>
            Skip rows that do not fit, and keep them in a file of rejects
          </button>
        </div>
      )}
    </div>
  );
}

function Fact({ term, value }: { term: string; value: ReactNode }) {
  return value === null || value === '' ? null : (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
