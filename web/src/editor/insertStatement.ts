import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/**
 * Puts a statement into the text and selects it, so that running runs it alone and nothing typed is lost.
 * A selected statement which came the same way and was not touched since makes room for the next one.
 */
export function statementInsertion(
  state: EditorState,
  statement: string,
  insertedBefore: string | null,
): TransactionSpec {
  const { from, to } = state.selection.main;
  if (insertedBefore !== null && state.sliceDoc(from, to) === insertedBefore) {
    return {
      changes: { from, to, insert: statement },
      selection: { anchor: from, head: from + statement.length },
      scrollIntoView: true,
    };
  }
  const text = state.doc.toString();
  const kept = text.trimEnd();
  const separator = kept === '' ? '' : kept.endsWith(';') ? '\n\n' : ';\n\n';
  const start = (kept === '' ? 0 : kept.length) + separator.length;
  return {
    changes: { from: kept.length, to: text.length, insert: separator + statement },
    selection: { anchor: start, head: start + statement.length },
    scrollIntoView: true,
  };
}

export function insertAtCursor(view: EditorView, text: string): void {
  view.dispatch(view.state.replaceSelection(text));
  view.focus();
}
