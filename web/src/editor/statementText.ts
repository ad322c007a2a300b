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

const BLANKS_AND_COMMENTS = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/;

/** Whether a statement may change what tables there are, their columns or their rows. */
export function changesTables(text: string): boolean {
  const [before] = BLANKS_AND_COMMENTS.exec(text) ?? [''];
  return /^(?:create|drop|alter|insert|truncate|comment)\b/i.test(text.slice(before.length));
}
