import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { StatementResult } from '../api/statements';
import { formatCount } from './figures';
import { findInRows, MATCH_LIMIT } from './findInRows';
import type { GridCell } from './gridNavigation';
import classes from './ResultPanel.module.css';
import type { RowOrder } from './sortRows';

const TYPING_PAUSE_MS = 200;

interface Props {
  result: StatementResult;
  order: RowOrder;
  onFound: (cell: GridCell | null) => void;
  onSought: (text: string) => void;
  onClose: () => void;
}

export function FindBar({ result, order, onFound, onSought, onClose }: Props) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const [matches, setMatches] = useState<GridCell[] | null>(null);
  const [at, setAt] = useState(0);

  useEffect(() => {
    const search = new AbortController();
    setMatches(null);
    onSought(wanted);
    if (wanted !== '') {
      findInRows(result, order, wanted, search.signal).then(
        (cells) => {
          setMatches(cells);
          setAt(0);
          onFound(cells[0] ?? null);
        },
        () => {
          // A later search took its place.
        },
      );
    }
    return () => search.abort();
  }, [wanted, result, order, onFound, onSought]);

  function step(by: number) {
    if (matches !== null && matches.length > 0) {
      const next = (at + by + matches.length) % matches.length;
      setAt(next);
      onFound(matches[next] ?? null);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
  }

  return (
    <search className={classes.find}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a key or a button
        autoFocus
        type="search"
        aria-label="Find in the result"
        placeholder="Find in the result"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span role="status">{words(wanted, matches, at)}</span>
      <button type="button" aria-label="Previous" title="Shift Enter" onClick={() => step(-1)}>
        ↑
      </button>
      <button type="button" aria-label="Next" title="Enter" onClick={() => step(1)}>
        ↓
      </button>
      <button type="button" aria-label="Close find" title="Escape" onClick={onClose}>
        ×
      </button>
    </search>
  );
}

function words(wanted: string, matches: GridCell[] | null, at: number): string {
  if (wanted === '') {
    return '';
  }
  if (matches === null) {
    return 'Looking…';
  }
  const more = matches.length === MATCH_LIMIT ? ' or more' : '';
  return matches.length === 0
    ? 'Not found'
    : `${formatCount(at + 1)} of ${formatCount(matches.length)}${more}`;
}
