import { lazy, Suspense, useState } from 'react';
import type { Table } from '../api/catalog';
import type { StatementRecord } from '../api/records';
import type { SavedStatement } from '../api/savedStatements';
import type { StatementResult } from '../api/statements';
import type { SubmittedStatement } from '../api/submitted';
import { CatalogPanel } from '../catalog/CatalogPanel';
import classes from './SidePanel.module.css';

const HistoryPanel = lazy(() =>
  import('../history/HistoryPanel').then(({ HistoryPanel }) => ({ default: HistoryPanel })),
);
const SavedPanel = lazy(() =>
  import('../history/SavedPanel').then(({ SavedPanel }) => ({ default: SavedPanel })),
);

const BackgroundPanel = lazy(() =>
  import('../history/BackgroundPanel').then(({ BackgroundPanel }) => ({
    default: BackgroundPanel,
  })),
);

const VIEWS = ['Tables', 'Saved', 'History', 'Background'] as const;

interface Props {
  userId: string;
  onQuery: (table: Table) => void;
  onInsert: (text: string) => void;
  onOpenRecord: (record: StatementRecord, run: boolean) => void;
  onOpenSaved: (saved: SavedStatement) => void;
  onEditSaved: (saved: SavedStatement) => void;
  onOpenSubmitted: (submitted: SubmittedStatement, result: StatementResult) => void;
}

/** What lies beside the editor: tables, saved statements, history. */
export function SidePanel(props: Props) {
  const [view, setView] = useState<(typeof VIEWS)[number]>('Tables');
  return (
    <div className={classes.panel}>
      <fieldset className={classes.views} aria-label="Beside the editor">
        {VIEWS.map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
            {one}
          </button>
        ))}
      </fieldset>
      <div className={classes.content}>
        <Suspense>
          {view === 'Tables' && <CatalogPanel onQuery={props.onQuery} onInsert={props.onInsert} />}
          {view === 'Saved' && (
            <SavedPanel
              userId={props.userId}
              onOpen={props.onOpenSaved}
              onEdit={props.onEditSaved}
            />
          )}
          {view === 'History' && <HistoryPanel onOpen={props.onOpenRecord} />}
          {view === 'Background' && <BackgroundPanel onOpen={props.onOpenSubmitted} />}
        </Suspense>
      </div>
    </div>
  );
}
