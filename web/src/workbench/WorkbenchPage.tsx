import type { EditorView } from '@codemirror/view';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Table } from '../api/catalog';
import { Problem } from '../api/problem';
import type { Session } from '../api/session';
import { SUBMITTED_KEY, submitStatement } from '../api/submitted';
import { Notice } from '../app/Notice';
import { CATALOG_KEY } from '../catalog/queries';
import { tableName } from '../catalog/sqlName';
import { formatStatement } from '../editor/formatStatement';
import { insertAtCursor, statementInsertion } from '../editor/insertStatement';
import { takeStatement } from '../editor/openStatement';
import { parameterNames, parametersToSend } from '../editor/parameters';
import { clearProblem, placeOfProblem, positionInText, showProblem } from '../editor/problemMarker';
import { SqlEditor } from '../editor/SqlEditor';
import { changesTables, statementToRun } from '../editor/statementText';
import { ResultPanel } from '../results/ResultPanel';
import { useSession } from '../session/SessionContext';
import { Header } from './Header';
import { openSaved } from './openSaved';
import { ParametersBar } from './ParametersBar';
import { Sidebar } from './Sidebar';
import { SidePanel } from './SidePanel';
import { Splitter } from './Splitter';
import { cancelInTab, recoverRuns, runInTab } from './statementRuns';
import type { StatementRequest } from './statementState';
import { TabBar } from './TabBar';
import type { TabStore } from './TabStore';
import { Toolbar } from './Toolbar';
import { activeTab, openTab, updateTab, type WorkbenchTab } from './tabs';
import { useLinkedStatement } from './useLinkedStatement';
import { useSaving } from './useSaving';
import { useShortcuts } from './useShortcuts';
import { useStoredNumber } from './useStoredNumber';
import classes from './Workbench.module.css';

const SaveDialog = lazy(() =>
  import('../history/SaveDialog').then(({ SaveDialog }) => ({ default: SaveDialog })),
);
const ExplainDialog = lazy(() =>
  import('./ExplainDialog').then(({ ExplainDialog }) => ({ default: ExplainDialog })),
);
const ShortcutsDialog = lazy(() =>
  import('./ShortcutsDialog').then(({ ShortcutsDialog }) => ({ default: ShortcutsDialog })),
);

const NARROW = '(max-width: 760px)';
const PREVIEW_ROWS = 100;

export function WorkbenchPage({ session, store }: { session: Session; store: TabStore }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const { workspace, runs, stored } = useSyncExternalStore(store.subscribe, store.snapshot);
  const tab = activeTab(workspace);
  const state = runs.get(tab.id) ?? { kind: 'idle' as const };
  const view = useRef<EditorView | null>(null);
  const inserted = useRef<string | null>(null);
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const [sidebarOpen, setSidebarOpen] = useState(!narrow);
  const [editorHeight, setEditorHeight] = useStoredNumber('tarn.editor_height_px', 260);
  const [notice, setNotice] = useState<Problem | null>(null);
  const [explained, setExplained] = useState<StatementRequest | null>(null);
  const [shortcuts, setShortcuts] = useState(false);
  const [submitted, setSubmitted] = useState('');
  const saving = useSaving(store, session.user.id);
  const linkProblem = useLinkedStatement((saved) =>
    store.update((before) => openSaved(before, saved, session.user.id)),
  );
  const set = (fields: Partial<WorkbenchTab>) =>
    store.update((before) => updateTab(before, tab.id, fields));

  useEffect(() => recoverRuns(transport, store), [transport, store]);

  /** What a run sends; null, with the reason shown, when a parameter has no value. */
  function requestOf(text: string): StatementRequest | null {
    const now = activeTab(store.snapshot().workspace);
    const { parameters, unfit } = parametersToSend(text, now.parameters);
    const [name] = unfit;
    if (name === undefined) {
      setNotice(null);
      return { statement: text, parameters };
    }
    const type = now.parameters[name]?.type ?? 'text';
    setNotice(
      new Problem(
        {
          code: 'invalid_request',
          title: 'A parameter has no value',
          detail: `Give :${name} a ${type} in its field, or choose another type for it.`,
        },
        0,
      ),
    );
    return null;
  }

  async function runEditor() {
    const editor = view.current;
    const statement = editor === null ? null : statementToRun(editor.state);
    if (editor === null || statement === null) {
      return;
    }
    const request = requestOf(statement.text);
    if (request === null) {
      return;
    }
    clearProblem(editor);
    const doc = editor.state.doc;
    const ran = activeTab(store.snapshot().workspace).id;
    const problem = await runInTab(transport, store, ran, request, (position) =>
      positionInText(doc, position, statement.offset),
    );
    void queryClient.invalidateQueries({ queryKey: ['history'] });
    if (changesTables(statement.text)) {
      void queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
    }
    // An edit since then has moved the place, another tab has another text; a mark there would mislead.
    if (problem?.position != null && view.current?.state.doc === doc) {
      const { position, message } = problem;
      showProblem(view.current, placeOfProblem(doc, position, message));
    }
  }

  async function submitEditor() {
    const statement = view.current === null ? null : statementToRun(view.current.state);
    const request = statement === null ? null : requestOf(statement.text);
    if (request === null) {
      return;
    }
    try {
      await submitStatement(transport, request.statement, request.parameters);
      setSubmitted('It runs in the background: look under “Background” beside the editor.');
    } catch (failure) {
      setNotice(Problem.from(failure));
    }
    void queryClient.invalidateQueries({ queryKey: SUBMITTED_KEY });
  }

  function explain() {
    const statement = view.current === null ? null : statementToRun(view.current.state);
    const request = statement === null ? null : requestOf(statement.text);
    if (request !== null) {
      setExplained(request);
    }
  }

  async function format() {
    const editor = view.current;
    const statement = editor === null ? null : statementToRun(editor.state);
    if (editor === null || statement === null) {
      return;
    }
    const { doc } = editor.state;
    try {
      const formatted = await formatStatement(statement.text);
      if (editor.state.doc === doc) {
        const from = statement.offset;
        editor.dispatch({
          changes: { from, to: from + statement.text.length, insert: formatted },
          selection: {
            anchor: from,
            head: editor.state.selection.main.empty ? from : from + formatted.length,
          },
        });
      }
      setNotice(null);
    } catch (failure) {
      setNotice(
        new Problem(
          {
            code: 'invalid_request',
            title: 'Not formatted',
            detail: `The formatter does not understand the text, which stays as it is. ${firstLine(failure)}`,
          },
          0,
        ),
      );
    }
  }

  const running = state.kind === 'running';
  useEffect(() => {
    if (!running && document.activeElement === document.body) {
      view.current?.focus();
    }
  }, [running]);

  useEffect(() => {
    const statement = view.current === null ? null : takeStatement();
    if (statement !== null) {
      openAndRun({ text: statement });
    }
  });

  useShortcuts(store, {
    onSave: () => void saving.save(),
    onExplain: explain,
    onShortcuts: () => setShortcuts(true),
  });

  function queryTable(table: Table) {
    const editor = view.current;
    if (editor === null) {
      return;
    }
    const statement = `select * from ${tableName(table)} limit ${PREVIEW_ROWS}`;
    editor.dispatch(statementInsertion(editor.state, statement, inserted.current));
    inserted.current = statement;
    closeWhenNarrow();
    void runEditor();
  }

  function openAndRun(fields: Partial<WorkbenchTab>) {
    store.update((before) => openTab(before, fields));
    // The editor shows the tab's text after the next drawing.
    requestAnimationFrame(() => void runEditor());
  }

  function closeWhenNarrow() {
    if (narrow) {
      setSidebarOpen(false);
      view.current?.focus();
    }
  }

  return (
    <div className={classes.page}>
      <Header
        session={session}
        sidebar={{ open: sidebarOpen, onToggle: () => setSidebarOpen((open) => !open) }}
      />
      <div className={classes.columns}>
        <Sidebar open={sidebarOpen} narrow={narrow} onClose={closeWhenNarrow}>
          <SidePanel
            userId={session.user.id}
            onQuery={queryTable}
            onInsert={(text) => {
              if (view.current !== null) {
                insertAtCursor(view.current, text);
                closeWhenNarrow();
              }
            }}
            onOpenRecord={({ statement }, run) => {
              closeWhenNarrow();
              if (run) {
                openAndRun({ text: statement });
              } else {
                store.update((before) => openTab(before, { text: statement }));
              }
            }}
            onOpenSaved={(saved) => {
              closeWhenNarrow();
              store.update((before) => openSaved(before, saved, session.user.id));
            }}
            onEditSaved={saving.edit}
            onOpenSubmitted={({ statement }, result) => {
              closeWhenNarrow();
              store.update((before) => openTab(before, { text: statement }));
              const opened = activeTab(store.snapshot().workspace).id;
              const request = { statement, parameters: {} };
              store.setRun(opened, () => ({ kind: 'completed', result, request }));
            }}
          />
        </Sidebar>
        <main className={classes.main}>
          <h1 className={classes.unseen}>SQL editor</h1>
          <TabBar store={store} workspace={workspace} runs={runs} />
          <Toolbar
            running={running}
            blank={tab.text.trim() === ''}
            onRun={() => void runEditor()}
            onCancel={() => void cancelInTab(transport, store, tab.id)}
            onBackground={() => void submitEditor()}
            onFormat={() => void format()}
            onExplain={explain}
            onSave={() => void saving.save()}
            onSaveAs={saving.saveAs}
            onShortcuts={() => setShortcuts(true)}
            said={
              stored
                ? saving.said || submitted
                : 'The browser keeps no more text: close tabs or save them.'
            }
          />
          <div
            id="statement"
            role="tabpanel"
            aria-label={tab.title}
            className={classes.editor}
            style={{ height: editorHeight }}
          >
            <SqlEditor
              view={view}
              tab={tab.id}
              text={tab.text}
              events={{
                onRun: () => void runEditor(),
                onFormat: () => void format(),
                onChange: (text) => set({ text }),
              }}
            />
          </div>
          <Splitter
            label="Height of the editor"
            orientation="horizontal"
            size={editorHeight}
            min={80}
            max={700}
            onResize={setEditorHeight}
          />
          <ParametersBar
            names={parameterNames(tab.text)}
            inputs={tab.parameters}
            onChange={(parameters) => set({ parameters })}
            onRun={() => void runEditor()}
          />
          {(notice ?? linkProblem) !== null && (
            <Notice problem={(notice ?? linkProblem) as Problem} />
          )}
          <div className={classes.result}>
            <ResultPanel
              key={tab.id}
              tab={tab}
              state={state}
              onView={(shown) => set({ view: shown })}
              onChart={(chart) => set({ chart })}
              onRun={() => void runEditor()}
              onCancel={() => void cancelInTab(transport, store, tab.id)}
            />
          </div>
        </main>
      </div>
      <Suspense>
        {saving.saving !== null && (
          <SaveDialog saving={saving.saving} onClose={saving.close} onSaved={saving.saved} />
        )}
        {explained !== null && (
          <ExplainDialog request={explained} onClose={() => setExplained(null)} />
        )}
        {shortcuts && <ShortcutsDialog opened onClose={() => setShortcuts(false)} />}
      </Suspense>
    </div>
  );
}

function firstLine(failure: unknown): string {
  return (failure instanceof Error ? failure.message : String(failure)).split('\n')[0] ?? '';
}
