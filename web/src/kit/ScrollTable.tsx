import type { ReactNode } from 'react';
import classes from './kit.module.css';

interface Props {
  label: string;
  /** The cells of its one row of headings. */
  head: ReactNode;
  /** Its rows. */
  children: ReactNode;
  /** What stands under the rows and scrolls with them. */
  below?: ReactNode;
  className?: string | undefined;
  tableClassName?: string | undefined;
}

/** A table in a frame of its own: what is too wide for the page scrolls there, by keyboard too. */
export function ScrollTable({ label, head, children, below, className, tableClassName }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
    <section className={className ?? classes.scroller} aria-label={label} tabIndex={0}>
      <table className={`${classes.table} ${tableClassName ?? ''}`}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {below}
    </section>
  );
}

/** The heading of the column of buttons. */
export function ActionsHead() {
  return (
    <th>
      <span className={classes.unseen}>Actions</span>
    </th>
  );
}
