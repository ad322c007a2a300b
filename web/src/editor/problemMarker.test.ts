import { EditorState, Text } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { statementInsertion } from './insertStatement';
import { placeOfProblem, positionInText } from './problemMarker';
import { statementToRun } from './statementText';

const doc = (text: string) => Text.of(text.split('\n'));
const state = (text: string, anchor = 0, head = anchor) =>
  EditorState.create({ doc: text, selection: { anchor, head } });

describe('positionInText', () => {
  test('moves a place of the selection to its place in the text', () => {
    const text = 'select 1;\n\n  select nope\nfrom t';
    const offset = text.indexOf('select nope');
    const place = { line: 1, column: 8, offset: 7, length: 4 };
    expect(positionInText(doc(text), place, offset)).toEqual({
      line: 3,
      column: 10,
      offset: offset + 7,
      length: 4,
    });
  });

  test('counts UTF-16 units, as the server does', () => {
    const text = "select '🐟', nope";
    const place = { line: 1, column: 14, offset: 13, length: 4 };
    const { from, to } = placeOfProblem(doc(text), positionInText(doc(text), place, 0), 'x');
    expect(text.slice(from, to)).toBe('nope');
  });

  test('stays inside the text', () => {
    const place = { line: 9, column: 9, offset: 900, length: 90 };
    expect(positionInText(doc('select'), place, 5)).toEqual({
      line: 1,
      column: 7,
      offset: 6,
      length: 0,
    });
  });
});

describe('placeOfProblem', () => {
  test('without a length marks the word', () => {
    const place = { line: 1, column: 8, offset: 7, length: 0 };
    expect(placeOfProblem(doc('select nope from'), place, 'x')).toMatchObject({ from: 7, to: 11 });
  });

  test('at the end of the text marks nothing', () => {
    const place = { line: 1, column: 7, offset: 6, length: 0 };
    expect(placeOfProblem(doc('select'), place, 'x')).toMatchObject({ from: 6, to: 6 });
  });
});

describe('statementToRun', () => {
  test('is the selection with its offset, else everything, else nothing', () => {
    expect(statementToRun(state('select 1; select 2', 18, 10))).toEqual({
      text: 'select 2',
      offset: 10,
    });
    expect(statementToRun(state('select 1', 3))).toEqual({ text: 'select 1', offset: 0 });
    expect(statementToRun(state(' \n '))).toBeNull();
  });
});

describe('statementInsertion', () => {
  const insert = (from: EditorState, statement: string, before: string | null = null) =>
    from.update(statementInsertion(from, statement, before)).state;

  test('keeps what was typed and selects what came', () => {
    const after = insert(state('select 1\n'), 'select * from t');
    expect(after.doc.toString()).toBe('select 1;\n\nselect * from t');
    expect(statementToRun(after)?.text).toBe('select * from t');
  });

  test('fills an empty editor', () => {
    expect(insert(state('\n'), 'select * from t').doc.toString()).toBe('select * from t');
  });

  test('takes the place of the one before while that is untouched', () => {
    const first = insert(state('select 1'), 'select * from t');
    const second = insert(first, 'select * from u', 'select * from t');
    expect(second.doc.toString()).toBe('select 1;\n\nselect * from u');
  });
});
