import { useInfiniteQuery } from '@tanstack/react-query';
import { listStatements, type StatementRecord } from '../api/records';
import { Time } from '../kit/Time';
import { formatDuration, plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import classes from './history.module.css';
import { SearchPanel, useSearchText } from './SearchPanel';

export const HISTORY_KEY = ['history'] as const;
const PAGE = 50;
const LOOK_AGAIN_MS = 3_000;
const SHOWN_CHARACTERS = 300;

interface Props {
  onOpen: (record: StatementRecord, run: boolean) => void;
}

/** One's own statements, newest first. */
export function HistoryPanel({ onOpen }: Props) {
  const { transport } = useSession();
  const { text, setText, wanted } = useSearchText();
  const history = useInfiniteQuery({
    queryKey: [...HISTORY_KEY, wanted],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listStatements(transport, { q: wanted, cursor: pageParam, limit: PAGE }, signal),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ statements }) => statements.some((one) => one.state === 'running'))
        ? LOOK_AGAIN_MS
        : false,
  });
  const records = history.data?.pages.flatMap(({ statements }) => statements) ?? [];
  return (
    <SearchPanel
      search="Search your statements"
      text={text}
      onText={setText}
      query={history}
      label="History"
      empty={wanted === '' ? 'What you run is kept here.' : 'No statement matches.'}
      more="Older"
    >
      {records.map((record) => (
        <li key={record.id} className={classes.entry}>
          <button
            type="button"
            className={classes.open}
            title="Open in a tab"
            onClick={() => onOpen(record, false)}
          >
            <span className={classes.statement}>{record.statement.slice(0, SHOWN_CHARACTERS)}</span>
            <span className={classes.figures} data-state={record.state}>
              {record.state} · {formatDuration(record.elapsed_ms)}
              {record.row_count !== null && ` · ${plural(record.row_count, 'row')}`} ·{' '}
              <Time at={record.started_at} />
            </span>
            {record.error !== null && <span className={classes.error}>{record.error.detail}</span>}
          </button>
          <button
            type="button"
            className={classes.action}
            aria-label={`Run again: ${record.statement.slice(0, 60)}`}
            title="Run again in a tab"
            onClick={() => onOpen(record, true)}
          >
            ▸
          </button>
        </li>
      ))}
    </SearchPanel>
  );
}
