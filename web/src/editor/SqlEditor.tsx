import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { namespacesQuery, tablesQuery } from '../catalog/queries';
import { useSession } from '../session/SessionContext';
import type { CompletionCatalog } from './catalogCompletion';
import { type EditorEvents, sqlExtensions } from './extensions';
import classes from './SqlEditor.module.css';

interface Props {
  view: RefObject<EditorView | null>;
  /** Each tab keeps its own selection and what it can undo. */
  tab: string;
  text: string;
  events: EditorEvents;
}

export function SqlEditor({ view, tab, text, events }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const catalog = useCompletionCatalog();
  const states = useRef(new Map<string, EditorState>());
  const shown = useRef(tab);
  const current = useRef({ text, events });
  useEffect(() => {
    current.current = { text, events };
  });

  const create = useRef((doc: string) =>
    EditorState.create({
      doc,
      selection: { anchor: doc.length },
      extensions: sqlExtensions(catalog, {
        onRun: () => current.current.events.onRun(),
        onFormat: () => current.current.events.onFormat(),
        onChange: (changed) => {
          current.current.text = changed;
          current.current.events.onChange(changed);
        },
      }),
    }),
  );

  useEffect(() => {
    if (host.current === null) {
      return;
    }
    const editor = new EditorView({
      parent: host.current,
      state: create.current(current.current.text),
    });
    view.current = editor;
    editor.focus();
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [view]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) {
      return;
    }
    if (shown.current !== tab) {
      states.current.set(shown.current, editor.state);
      editor.setState(states.current.get(tab) ?? create.current(text));
      shown.current = tab;
      editor.focus();
    }
    // Written by another window, or by the page.
    const doc = editor.state.doc.toString();
    if (doc !== text && current.current.text === text) {
      editor.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    }
  }, [view, tab, text]);

  return <div ref={host} className={classes.editor} />;
}

/** Failures leave completion without the catalog; the tree shows them. */
function useCompletionCatalog(): CompletionCatalog {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const catalog = useRef<CompletionCatalog | null>(null);
  catalog.current ??= {
    namespaces: () =>
      queryClient.ensureQueryData(namespacesQuery(transport)).then(
        (listing) => listing.items,
        () => [],
      ),
    tables: (namespace) =>
      queryClient.ensureQueryData(tablesQuery(transport, namespace)).then(
        (listing) => listing.items,
        () => [],
      ),
  };
  return catalog.current;
}
