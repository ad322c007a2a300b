import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelLoad, listLoads } from '../api/loads';
import { Problem } from '../api/problem';
import { listStatements } from '../api/records';
import { cancelStatement } from '../api/statements';
import { Notice } from '../app/Notice';
import { useNavigate, useSearch } from '../app/routing';
import { Check } from '../kit/Choices';
import { Field } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { Page } from '../kit/Page';
import { Tabs } from '../kit/Tabs';
import { useSession } from '../session/SessionContext';
import classes from './activity.module.css';
import {
  type ActivityFilters,
  type ActivityView,
  activityQuery,
  refreshInterval,
  STATES,
} from './filters';
import { LoadsList } from './LoadsList';
import { StatementsList } from './StatementsList';

export const ACTIVITY_KEY = ['activity'] as const;
const VIEWS = [
  { id: 'loads', label: 'Loads' },
  { id: 'statements', label: 'Statements' },
];
const TYPING_PAUSE_MS = 300;

/** What runs and what ran. It looks again by itself, and rests while the page is hidden. */
export function ActivityPage() {
  const { state: session } = useSession();
  const { view } = useSearch();
  const navigate = useNavigate();
  const manages =
    (session.status === 'signed-in' || session.status === 'expired') &&
    session.session.roles.includes('Admin');
  const active: ActivityView = view === 'statements' ? 'statements' : 'loads';
  return (
    <Page
      title="Activity"
      lead={
        manages
          ? 'Loads and statements that run and that ran, yours or everybody’s.'
          : 'Your loads and statements that run and that ran.'
      }
    >
      <Tabs
        label="Kinds of activity"
        tabs={VIEWS}
        active={active}
        onChange={(id) =>
          void navigate({ to: '/activity', search: { view: id as ActivityView }, replace: true })
        }
      >
        <Listing key={active} view={active} manages={manages} />
      </Tabs>
    </Page>
  );
}

function Listing({ view, manages }: { view: ActivityView; manages: boolean }) {
  const [filters, setFilters] = useState<ActivityFilters>({
    view,
    state: '',
    everybody: manages,
    text: '',
  });
  const [text] = useDebouncedValue(filters.text, TYPING_PAUSE_MS);
  const [problem, setProblem] = useState<Problem | null>(null);
  const queryClient = useQueryClient();
  const { transport } = useSession();

  async function cancel(attempt: () => Promise<boolean>) {
    setProblem(null);
    try {
      await attempt();
      await queryClient.invalidateQueries({ queryKey: ACTIVITY_KEY });
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
  }

  return (
    <>
      <Filters
        filters={filters}
        manages={manages}
        onChange={(change) => setFilters({ ...filters, ...change })}
      />
      {problem !== null && <Notice problem={problem} />}
      {view === 'loads' ? (
        <Loads
          filters={{ ...filters, text }}
          onCancel={(id) => void cancel(() => cancelLoad(transport, id))}
        />
      ) : (
        <Statements
          filters={{ ...filters, text }}
          onCancel={(id) => void cancel(() => cancelStatement(transport, id))}
        />
      )}
    </>
  );
}

interface FiltersProps {
  filters: ActivityFilters;
  manages: boolean;
  onChange: (change: Partial<ActivityFilters>) => void;
}

function Filters({ filters, manages, onChange }: FiltersProps) {
  return (
    <div className={classes.filters}>
      <Field label="State">
        {(control) => (
          <select
            {...control}
            className={kit.input}
            value={filters.state}
            onChange={(event) => onChange({ state: event.currentTarget.value })}
          >
            <option value="">any</option>
            {STATES[filters.view].map((state) => (
              <option key={state} value={state}>
                {state}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className={classes.text}>
        <Field label={filters.view === 'loads' ? 'Table' : 'Text'}>
          {(control) => (
            <input
              {...control}
              type="search"
              className={kit.input}
              spellCheck={false}
              placeholder={filters.view === 'loads' ? 'shop.orders' : ''}
              value={filters.text}
              onChange={(event) => onChange({ text: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      {manages && (
        <div className={classes.everybody}>
          <Check checked={filters.everybody} onChange={(everybody) => onChange({ everybody })}>
            Everybody’s
          </Check>
        </div>
      )}
    </div>
  );
}

interface ListProps {
  filters: ActivityFilters;
  onCancel: (id: string) => void;
}

function Loads({ filters, onCancel }: ListProps) {
  const { transport } = useSession();
  const query = useInfiniteQuery({
    queryKey: [...ACTIVITY_KEY, filters],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listLoads(transport, activityQuery(filters, pageParam), signal),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) =>
      refreshInterval(state.data?.pages.flatMap((page) => page.loads)),
  });
  const loads = query.data?.pages.flatMap((page) => page.loads) ?? [];
  return (
    <ListFrame query={query} empty={loads.length === 0 ? 'No load matches.' : null}>
      <LoadsList
        loads={loads}
        everybody={filters.everybody}
        onCancel={(load) => onCancel(load.id)}
      />
    </ListFrame>
  );
}

function Statements({ filters, onCancel }: ListProps) {
  const { transport } = useSession();
  const query = useInfiniteQuery({
    queryKey: [...ACTIVITY_KEY, filters],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listStatements(transport, activityQuery(filters, pageParam), signal),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) =>
      refreshInterval(state.data?.pages.flatMap((page) => page.statements)),
  });
  const statements = query.data?.pages.flatMap((page) => page.statements) ?? [];
  return (
    <ListFrame query={query} empty={statements.length === 0 ? 'No statement matches.' : null}>
      <StatementsList
        statements={statements}
        everybody={filters.everybody}
        onCancel={(statement) => onCancel(statement.id)}
      />
    </ListFrame>
  );
}
