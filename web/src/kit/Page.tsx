import { type ReactNode, useEffect } from 'react';
import classes from './kit.module.css';

interface Props {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Over the title: the way to pages beside this one. */
  above?: ReactNode;
  children: ReactNode;
}

/** A page of the console below its header: one title, what it is for, what can be done. */
export function Page({ title, lead, actions, above, children }: Props) {
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Tarn`;
    return () => {
      document.title = before;
    };
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.content}>
        {above}
        <div className={classes.heading}>
          <div className={classes.headingText}>
            <h1 className={classes.title}>{title}</h1>
            {lead !== undefined && <p className={classes.lead}>{lead}</p>}
          </div>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </div>
        {children}
      </div>
    </main>
  );
}
