import { type EditorState, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { Position } from '../api/problem';

export interface ProblemPlace {
  from: number;
  to: number;
  message: string;
}

/** The server counts from the start of the statement it was sent; this counts from the start of the text. */
export function positionInText(doc: Text, position: Position, statementOffset: number): Position {
  const offset = clamp(statementOffset + position.offset, doc.length);
  const line = doc.lineAt(offset);
  const length = Math.min(Math.max(position.length, 0), doc.length - offset);
  return { line: line.number, column: offset - line.from + 1, offset, length };
}

/** What to underline: a problem without a length marks the word at which it stands. */
export function placeOfProblem(doc: Text, position: Position, message: string): ProblemPlace {
  const from = clamp(position.offset, doc.length);
  const end = clamp(from + position.length, doc.length);
  return { from, to: end > from ? end : endOfWord(doc, from), message };
}

function clamp(offset: number, length: number): number {
  return Math.min(Math.max(offset, 0), length);
}

function endOfWord(doc: Text, from: number): number {
  const line = doc.lineAt(from);
  const rest = doc.sliceString(from, line.to);
  const word = /^(\w+|\S)/.exec(rest);
  return from + (word?.[0].length ?? 0);
}

class MessageWidget extends WidgetType {
  constructor(
    readonly message: string,
    readonly column: number,
  ) {
    super();
  }

  override eq(other: MessageWidget): boolean {
    return other.message === this.message && other.column === this.column;
  }

  override toDOM(): HTMLElement {
    const line = document.createElement('div');
    line.className = 'cm-problem-message';
    // The alert beside the result reads the same words out.
    line.setAttribute('aria-hidden', 'true');
    line.style.paddingInlineStart = `calc(8px + min(${this.column}ch, 40%))`;
    const text = document.createElement('span');
    text.textContent = this.message;
    line.append(text);
    return line;
  }
}

const setProblem = StateEffect.define<ProblemPlace | null>();

const problemField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setProblem)) {
        return effect.value === null ? Decoration.none : decorate(transaction.state, effect.value);
      }
    }
    // What was wrong may be right after an edit.
    return transaction.docChanged ? Decoration.none : decorations;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorate(state: EditorState, { from, to, message }: ProblemPlace): DecorationSet {
  const line = state.doc.lineAt(from);
  const messageBelow = Decoration.widget({
    widget: new MessageWidget(message, from - line.from),
    block: true,
    side: 1,
  }).range(line.to);
  const mark = Decoration.mark({ class: 'cm-problem' });
  const ranges = to > from ? [mark.range(from, to), messageBelow] : [messageBelow];
  return Decoration.set(ranges, true);
}

export const problemMarker = problemField;

/** Underlines the place, writes the message beneath its line and brings it into view. */
export function showProblem(view: EditorView, place: ProblemPlace): void {
  view.dispatch({
    effects: [setProblem.of(place), EditorView.scrollIntoView(place.from, { y: 'nearest' })],
  });
}

export function clearProblem(view: EditorView): void {
  view.dispatch({ effects: setProblem.of(null) });
}
