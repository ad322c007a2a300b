import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import classes from './history.module.css';

const TYPING_PAUSE_MS = 300;

/** The text of a panel's search field, and what to look for once typing pauses. */
export function useSearchText() {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  return { text, setText, wanted };
}

interface Props {
  /** What the field says. */
  search: string;
  text: string;
  onText: (text: string) => void;
  query: {
    error: Error | null;
    isPending: boolean;
    hasNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  label: string;
  /** Said when there is no entry. */
  empty: string;
  more: string;
  /** What the panel has to say for itself. */
  said?: ReactNode;
  /** The entries, each a list item. */
  children: ReactNode[];
}

/** A list beside the editor, with a field that searches it. */
export function SearchPanel(props: Props) {
  const { search, text, onText, query, label, empty, more, said, children } = props;
  return (
    <div className={classes.panel}>
      <input
        className={classes.search}
        type="search"
        placeholder={search}
        aria-label={search}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {query.error !== null && <Notice problem={Problem.from(query.error)} />}
      {said}
      {children.length === 0 && query.error === null && (
        <p className={classes.empty}>{query.isPending ? 'Loading…' : empty}</p>
      )}
      <ul className={classes.list} aria-label={label}>
        {children}
      </ul>
      {query.hasNextPage && (
        <button type="button" className={classes.more} onClick={() => query.fetchNextPage()}>
          {more}
        </button>
      )}
    </div>
  );
}
