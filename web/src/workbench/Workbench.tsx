import type { EditorView } from '@codemirror/view';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Table } from '../api/catalog';
import { CatalogPanel } from '../catalog/CatalogPanel';
import { tableName } from '../catalog/sqlName';
import { insertAtCursor, statementInsertion } from '../editor/insertStatement';
import { takeStatement } from '../editor/openStatement';
import { clearProblem, placeOfProblem, positionInText, showProblem } from '../editor/problemMarker';
import { SqlEditor } from '../editor/SqlEditor';
import { statementToRun } from '../editor/statementText';
import { ResultPanel } from '../results/ResultPanel';
import { useSession } from '../session/SessionContext';
import { Header } from './Header';
import { Sidebar } from './Sidebar';
import { Splitter } from './Splitter';
import { Toolbar } from './Toolbar';
import { useStatement } from './useStatement';
import { useStoredNumber } from './useStoredNumber';
import classes from './Workbench.module.css';

const NARROW = '(max-width: 760px)';
const PREVIEW_ROWS = 100;

export function Workbench() {
  const { transport, state: sessionState } = useSession();
  const { state, run, cancel } = useStatement(transport);
  const view = useRef<EditorView | null>(null);
  const inserted = useRef<string | null>(null);
  const [blank, setBlank] = useState(true);
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const [sidebarOpen, setSidebarOpen] = useState(!narrow);
  const [editorHeight, setEditorHeight] = useStoredNumber('tarn.editor_height_px', 260);

  const runEditor = useCallback(async () => {
    const editor = view.current;
    const statement = editor === null ? null : statementToRun(editor.state);
    if (editor === null || statement === null) {
      return;
    }
    clearProblem(editor);
    const doc = editor.state.doc;
    const problem = await run(statement.text, (position) =>
      positionInText(doc, position, statement.offset),
    );
    // An edit since then has moved the place; a mark there would mislead.
    if (problem?.position != null && editor.state.doc === doc) {
      const { position, message } = problem;
      showProblem(editor, placeOfProblem(doc, position, message));
    }
  }, [run]);

  const running = state.kind === 'running';
  useEffect(() => {
    if (!running && document.activeElement === document.body) {
      view.current?.focus();
    }
  }, [running]);

  useEffect(() => {
    const statement = view.current === null ? null : takeStatement();
    if (statement !== null) {
      runInserted(statement);
    }
  });

  function queryTable(table: Table) {
    runInserted(`select * from ${tableName(table)} limit ${PREVIEW_ROWS}`);
  }

  function runInserted(statement: string) {
    const editor = view.current;
    if (editor === null) {
      return;
    }
    editor.dispatch(statementInsertion(editor.state, statement, inserted.current));
    inserted.current = statement;
    closeWhenNarrow();
    void runEditor();
  }

  function closeWhenNarrow() {
    if (narrow) {
      setSidebarOpen(false);
      view.current?.focus();
    }
  }

  if (sessionState.status !== 'signed-in' && sessionState.status !== 'expired') {
    return null;
  }
  return (
    <div className={classes.page}>
      <Header
        session={sessionState.session}
        sidebar={{ open: sidebarOpen, onToggle: () => setSidebarOpen((open) => !open) }}
      />
      <div className={classes.columns}>
        <Sidebar open={sidebarOpen} narrow={narrow} onClose={closeWhenNarrow}>
          <CatalogPanel
            onQuery={queryTable}
            onInsert={(text) => {
              if (view.current !== null) {
                insertAtCursor(view.current, text);
                closeWhenNarrow();
              }
            }}
          />
        </Sidebar>
        <main className={classes.main}>
          <h1 className={classes.unseen}>SQL editor</h1>
          <Toolbar
            running={running}
            blank={blank}
            onRun={() => void runEditor()}
            onCancel={() => void cancel()}
          />
          <div className={classes.editor} style={{ height: editorHeight }}>
            <SqlEditor view={view} onRun={() => void runEditor()} onBlank={setBlank} />
          </div>
          <Splitter
            label="Height of the editor"
            orientation="horizontal"
            size={editorHeight}
            min={80}
            max={700}
            onResize={setEditorHeight}
          />
          <div className={classes.result}>
            <ResultPanel state={state} />
          </div>
        </main>
      </div>
    </div>
  );
}
