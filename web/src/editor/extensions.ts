import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { keywordCompletionSource } from '@codemirror/lang-sql';
import { bracketMatching, LanguageSupport } from '@codemirror/language';
import { type Extension, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { type CompletionCatalog, catalogCompletion } from './catalogCompletion';
import { tarnDialect } from './dialect';
import { editorTheme } from './editorTheme';
import { problemMarker } from './problemMarker';

export interface EditorEvents {
  onRun: () => void;
  onFormat: () => void;
  onChange: (text: string) => void;
}

export function sqlExtensions(catalog: CompletionCatalog, events: EditorEvents): Extension {
  const run = (view: EditorView) => {
    closeCompletion(view);
    events.onRun();
    return true;
  };
  return [
    Prec.highest(
      keymap.of([
        { key: 'Mod-Enter', run },
        { key: 'Ctrl-Enter', run },
        {
          key: 'Shift-Alt-f',
          run: () => {
            events.onFormat();
            return true;
          },
        },
      ]),
    ),
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    new LanguageSupport(tarnDialect.language),
    autocompletion({
      icons: false,
      override: [catalogCompletion(catalog), keywordCompletionSource(tarnDialect)],
    }),
    // Tab takes a completion while one is offered, and otherwise leaves the editor, as on any page.
    keymap.of([
      { key: 'Tab', run: acceptCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    placeholder('select * from …'),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': 'SQL statement',
      spellcheck: 'false',
      autocapitalize: 'off',
      autocorrect: 'off',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        events.onChange(update.state.doc.toString());
      }
    }),
    problemMarker,
    editorTheme,
  ];
}
