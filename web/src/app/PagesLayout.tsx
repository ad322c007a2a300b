import type { ReactNode } from 'react';
import { useSession } from '../session/SessionContext';
import { Header } from '../workbench/Header';
import classes from '../workbench/Workbench.module.css';

/** The header over every page but the editor's, which has a sidebar of its own. */
export function PagesLayout({ page }: { page: ReactNode }) {
  const { state } = useSession();
  if (state.status !== 'signed-in' && state.status !== 'expired') {
    return null;
  }
  return (
    <div className={classes.page}>
      <Header session={state.session} />
      {page}
    </div>
  );
}
