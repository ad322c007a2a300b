import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { deleteSaved, listSaved, type SavedStatement } from '../api/savedStatements';
import { Notice } from '../app/Notice';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { Menu } from '../kit/Menu';
import { copyText } from '../results/copyRows';
import { useSession } from '../session/SessionContext';
import classes from './history.module.css';

export const SAVED_KEY = ['saved-statements'] as const;
const TYPING_PAUSE_MS = 300;

interface Props {
  userId: string;
  onOpen: (saved: SavedStatement) => void;
  onEdit: (saved: SavedStatement) => void;
}

/** One's own saved statements, and those that others of the tenant share. */
export function SavedPanel({ userId, onOpen, onEdit }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const [doomed, setDoomed] = useState<SavedStatement | null>(null);
  const [said, setSaid] = useState('');
  const listing = useInfiniteQuery({
    queryKey: [...SAVED_KEY, wanted],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listSaved(transport, wanted, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  const saved = listing.data?.pages.flatMap((page) => page.saved_statements) ?? [];

  async function copyLink({ id }: SavedStatement) {
    const copied = await copyText(new URL(`/s/${id}`, location.href).href);
    setSaid(copied ? 'Link copied' : 'The browser did not let the page copy.');
  }

  return (
    <div className={classes.panel}>
      <input
        className={classes.search}
        type="search"
        placeholder="Search saved statements"
        aria-label="Search saved statements"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {listing.error !== null && <Notice problem={Problem.from(listing.error)} />}
      <span role="status" className={classes.said}>
        {said}
      </span>
      {saved.length === 0 && listing.error === null && (
        <p className={classes.empty}>
          {listing.isPending
            ? 'Loading…'
            : wanted === ''
              ? 'Nothing is saved yet. Ctrl S saves the statement of a tab.'
              : 'No statement matches.'}
        </p>
      )}
      <ul className={classes.list} aria-label="Saved statements">
        {saved.map((one) => (
          <li key={one.id} className={classes.entry}>
            <button
              type="button"
              className={classes.open}
              title="Open in a tab"
              onClick={() => onOpen(one)}
            >
              <span className={classes.name}>{one.name}</span>
              {one.description !== null && one.description !== '' && (
                <span className={classes.figures}>{one.description}</span>
              )}
              <span className={classes.figures}>
                {one.user.id === userId ? (one.shared ? 'shared' : 'yours') : `by ${one.user.name}`}
              </span>
            </button>
            <Menu
              label={`Actions of ${one.name}`}
              short="⋯"
              items={[
                { label: 'Copy link', onSelect: () => void copyLink(one) },
                ...(one.user.id === userId
                  ? [
                      { label: 'Name, description, sharing…', onSelect: () => onEdit(one) },
                      { label: 'Delete…', onSelect: () => setDoomed(one) },
                    ]
                  : []),
              ]}
            />
          </li>
        ))}
      </ul>
      {listing.hasNextPage && (
        <button type="button" className={classes.more} onClick={() => void listing.fetchNextPage()}>
          More
        </button>
      )}
      <ConfirmDialog
        opened={doomed !== null}
        title={`Delete ${doomed?.name ?? ''}?`}
        action="Delete"
        onClose={() => setDoomed(null)}
        onConfirm={async () => {
          if (doomed !== null) {
            await deleteSaved(transport, doomed.id);
            setDoomed(null);
            await queryClient.invalidateQueries({ queryKey: SAVED_KEY });
          }
        }}
      >
        Its link stops working. Tabs that have it open keep their text.
      </ConfirmDialog>
    </div>
  );
}
