import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const MONOSPACE = 'var(--mantine-font-family-monospace)';

const appearance = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--tarn-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: MONOSPACE, lineHeight: '1.6' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--tarn-accent)' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-cursor': { borderLeft: '2px solid var(--tarn-accent)' },
  '.cm-gutters': { background: 'transparent', color: 'var(--tarn-text-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 14px', minWidth: '28px' },
  '&.cm-focused .cm-activeLine': {
    background: 'color-mix(in srgb, var(--tarn-hover) 60%, transparent)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--tarn-text)' },
  '.cm-placeholder': { color: 'var(--tarn-text-faint)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    {
      background: 'var(--tarn-selected)',
    },
  '&.cm-focused .cm-matchingBracket': {
    background: 'transparent',
    outline: '1px solid var(--tarn-border-strong)',
  },
  '.cm-problem': {
    textDecoration: 'underline wavy var(--tarn-danger-text)',
    textUnderlineOffset: '4px',
    background: 'var(--tarn-danger-surface)',
  },
  // Padding, not margin: CodeMirror measures the height of the box.
  '.cm-problem-message': { padding: '2px 12px 4px 8px', lineHeight: '1.5', userSelect: 'none' },
  '.cm-problem-message *::selection': { background: 'transparent' },
  '.cm-problem-message span': {
    display: 'inline-block',
    padding: '1px 8px',
    color: 'var(--tarn-danger-text)',
    background: 'var(--tarn-danger-surface)',
    borderLeft: '2px solid var(--tarn-danger-text)',
    borderRadius: '0 4px 4px 0',
    fontSize: '12px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  '.cm-tooltip': {
    color: 'var(--tarn-text)',
    background: 'var(--tarn-surface)',
    border: '1px solid var(--tarn-border)',
    borderRadius: '8px',
    boxShadow: 'var(--tarn-shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: MONOSPACE,
    fontSize: '12px',
    maxHeight: '240px',
    maxWidth: 'min(560px, 92vw)',
    padding: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '16px',
    padding: '3px 8px',
    borderRadius: '5px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--tarn-text)',
    background: 'var(--tarn-selected)',
  },
  '.cm-completionLabel': { flex: '1' },
  '.cm-completionMatchedText': {
    textDecoration: 'none',
    fontWeight: '700',
    color: 'var(--tarn-accent)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--tarn-text-dim)', marginLeft: '0' },
});

const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--tarn-code-keyword)', fontWeight: '600' },
  { tag: tags.typeName, color: 'var(--tarn-code-type)' },
  { tag: tags.standard(tags.name), color: 'var(--tarn-code-type)' },
  { tag: tags.string, color: 'var(--tarn-code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--tarn-code-number)' },
  {
    tag: [tags.lineComment, tags.blockComment],
    color: 'var(--tarn-code-comment)',
    fontStyle: 'italic',
  },
]);

export const editorTheme = [appearance, syntaxHighlighting(highlighting)];
