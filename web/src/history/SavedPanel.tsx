import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { deleteSaved, listSaved, type SavedStatement } from '../api/savedStatements';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { Menu } from '../kit/Menu';
import { copyText } from '../results/copyRows';
import { useSession } from '../session/SessionContext';
import classes from './history.module.css';
import { SearchPanel, useSearchText } from './SearchPanel';

const ScheduleDialog = lazy(() =>
  import('./ScheduleDialog').then(({ ScheduleDialog }) => ({ default: ScheduleDialog })),
);

export const SAVED_KEY = ['saved-statements'] as const;

interface Props {
  userId: string;
  onOpen: (saved: SavedStatement) => void;
  onEdit: (saved: SavedStatement) => void;
}

/** One's own saved statements, and those that others of the tenant share. */
export function SavedPanel({ userId, onOpen, onEdit }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const { text, setText, wanted } = useSearchText();
  const [doomed, setDoomed] = useState<SavedStatement | null>(null);
  const [scheduled, setScheduled] = useState<SavedStatement | null>(null);
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
    <>
      <SearchPanel
        search="Search saved statements"
        text={text}
        onText={setText}
        query={listing}
        label="Saved statements"
        empty={
          wanted === ''
            ? 'Nothing is saved yet. Ctrl S saves the statement of a tab.'
            : 'No statement matches.'
        }
        more="More"
        said={
          <span role="status" className={classes.said}>
            {said}
          </span>
        }
      >
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
                      { label: 'Schedules…', onSelect: () => setScheduled(one) },
                      { label: 'Delete…', onSelect: () => setDoomed(one) },
                    ]
                  : []),
              ]}
            />
          </li>
        ))}
      </SearchPanel>
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
        Its link stops working, and its schedules end. Tabs that have it open keep their text.
      </ConfirmDialog>
      <Suspense>
        {scheduled !== null && (
          <ScheduleDialog saved={scheduled} onClose={() => setScheduled(null)} />
        )}
      </Suspense>
    </>
  );
}
