import type { EditorState } from '@codemirror/state';

/** The text to run and where it begins in the editor. */
export interface StatementText {
  text: string;
  offset: number;
}

/** The selection when there is one, else everything; null when that is blank. */
export function statementToRun(state: EditorState): StatementText | null {
  const { from, to, empty } = state.selection.main;
  const text = empty ? state.doc.toString() : state.sliceDoc(from, to);
  return text.trim() === '' ? null : { text, offset: empty ? 0 : from };
}
