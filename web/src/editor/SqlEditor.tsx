import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { namespacesQuery, tablesQuery } from '../catalog/queries';
import { useSession } from '../session/SessionContext';
import type { CompletionCatalog } from './catalogCompletion';
import { keepDraft, readDraft } from './draft';
import { sqlExtensions } from './extensions';
import classes from './SqlEditor.module.css';

interface Props {
  view: RefObject<EditorView | null>;
  onRun: () => void;
  onBlank: (blank: boolean) => void;
}

export function SqlEditor({ view, onRun, onBlank }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const catalog = useCompletionCatalog();
  const events = useRef({ onRun, onBlank });
  useEffect(() => {
    events.current = { onRun, onBlank };
  });

  useEffect(() => {
    if (host.current === null) {
      return;
    }
    const doc = readDraft();
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc,
        selection: { anchor: doc.length },
        extensions: sqlExtensions(catalog, {
          onRun: () => events.current.onRun(),
          onChange: (text) => {
            keepDraft(text);
            events.current.onBlank(text.trim() === '');
          },
        }),
      }),
    });
    events.current.onBlank(doc.trim() === '');
    view.current = editor;
    editor.focus();
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [catalog, view]);

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
