import type { Problem } from '../api/problem';
import { WarningIcon } from './icons';
import classes from './Notice.module.css';
import { Link } from './routing';

/** A failure in words, read out by screen readers as soon as it appears. */
export function Notice({ problem }: { problem: Problem }) {
  const { position } = problem;
  return (
    <div className={classes.notice} role="alert">
      <WarningIcon />
      <div className={classes.text}>
        <strong>{problem.title}</strong>
        {position !== null && (
          <span className={classes.place}>
            line {position.line}, column {position.column}
          </span>
        )}
        <p>
          {problem.message}{' '}
          {problem.denied !== null && (
            <Link to="/access" search={{ ...problem.denied }} className={classes.why}>
              Why?
            </Link>
          )}
        </p>
        {problem.requestId !== null && problem.status >= 500 && (
          <p className={classes.request}>Request {problem.requestId}</p>
        )}
      </div>
    </div>
  );
}
