import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import classes from './SearchButton.module.css';

const SearchDialog = lazy(() =>
  import('./SearchDialog').then((module) => ({ default: module.SearchDialog })),
);

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Stands in the header; Ctrl K or Cmd K opens it from anywhere. */
export function SearchButton() {
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);

  const open = useCallback(() => {
    setWanted(true);
    setOpened(true);
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const modified = MAC ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      // A dialog that asks something is answered first.
      if (!modified || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (document.querySelector('dialog[open]') === null) {
        open();
      }
    };
    addEventListener('keydown', onKeyDown, true);
    return () => removeEventListener('keydown', onKeyDown, true);
  }, [open]);

  return (
    <>
      <button
        type="button"
        className={classes.button}
        aria-label="Search"
        aria-keyshortcuts="Control+K Meta+K"
        title={`Search (${MAC ? '⌘ K' : 'Ctrl K'})`}
        onClick={open}
      >
        <SearchIcon />
        <span className={classes.words}>Search</span>
        <kbd className={classes.keys}>{MAC ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      {wanted && (
        <Suspense>
          <SearchDialog opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}

function SearchIcon() {
  return (
    <svg
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="7" cy="7" r="4.25" />
      <path d="M10.2 10.2L13.5 13.5" />
    </svg>
  );
}
