import kit from '../kit/kit.module.css';
import classes from './access.module.css';

/** The columns and rows that a grant is limited to; nothing for one without limits. */
export function Limits({ columns, rows }: { columns: string[] | null; rows: string | null }) {
  if (columns === null && rows === null) {
    return null;
  }
  return (
    <div className={classes.limits}>
      {columns !== null && (
        <p className={classes.code}>
          <span className={kit.dim}>columns</span> {columns.join(', ')}
        </p>
      )}
      {rows !== null && (
        <p className={classes.code}>
          <span className={kit.dim}>rows where</span> {rows}
        </p>
      )}
    </div>
  );
}
