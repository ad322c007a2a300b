import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Adoption, cancelAdoption, getAdoption } from '../api/adoptions';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import { CATALOG_KEY } from '../catalog/queries';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { ProgressBar } from '../kit/ProgressBar';
import { plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { AdoptionTables } from './AdoptionTables';
import { ADOPTIONS_KEY } from './EarlierAdoptions';
import { countsText } from './wanted';

const LOOK_MS = 500;

interface Props {
  id: string;
  /** Registers what was chosen; null when nobody remembers where the tables are and what opens it. */
  onRegister: ((tables: string[]) => Promise<void>) | null;
}

/** One adoption: how far it is, what it has found, and what can be done with that. */
export function AdoptionRun({ id, onRegister }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const found = useInfiniteQuery({
    queryKey: [...ADOPTIONS_KEY, id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => getAdoption(transport, id, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) => {
      const adoption = state.data?.pages[0]?.adoption;
      return adoption === undefined || isOver(adoption) ? false : LOOK_MS;
    },
  });
  const adoption = found.data?.pages[0]?.adoption;
  const tables = found.data?.pages.flatMap((page) => page.tables) ?? [];
  const over = adoption !== undefined && isOver(adoption);
  const registered = adoption?.counts.registered ?? 0;

  useEffect(() => {
    if (over && registered > 0) {
      void queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
    }
  }, [over, registered, queryClient]);

  return (
    <section className={kit.card} aria-label="What was found">
      <div className={kit.stack}>
        {adoption !== undefined && <Standing adoption={adoption} />}
        <ListFrame query={found} empty={null} more="Show more tables">
          {tables.length > 0 && over && (
            <Chosen
              key={id}
              tables={tables}
              onRegister={adoption.dry_run && adoption.counts.possible > 0 ? onRegister : null}
            />
          )}
          {tables.length > 0 && !over && (
            <AdoptionTables tables={tables} chosen={null} onChoose={() => {}} />
          )}
        </ListFrame>
      </div>
    </section>
  );
}

const isOver = ({ status }: Adoption) => status !== 'queued' && status !== 'running';

function Standing({ adoption }: { adoption: Adoption }) {
  const { transport } = useSession();
  const [cancelling, setCancelling] = useState(false);
  if (!isOver(adoption)) {
    return (
      <>
        <div role="status">
          <h2 className={kit.cardTitle}>
            {cancelling ? 'Cancelling…' : adoption.dry_run ? 'Looking…' : 'Registering…'}
          </h2>
        </div>
        <ProgressBar label="Adoption" fraction={adoption.progress} />
        <div className={kit.row}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={cancelling}
            onClick={() => {
              setCancelling(true);
              void cancelAdoption(transport, adoption.id);
            }}
          >
            Cancel
          </Button>
          <span className={kit.dim}>It goes on when you leave this page.</span>
        </div>
      </>
    );
  }
  return (
    <>
      <div role="status">
        <h2 className={kit.cardTitle}>
          {adoption.status === 'completed'
            ? countsText(adoption.counts)
            : `It ${ENDED[adoption.status]}`}
        </h2>
      </div>
      {adoption.error !== null && <p className={kit.mistake}>{adoption.error.detail}</p>}
      {adoption.status !== 'completed' && adoption.counts.registered > 0 && (
        <p className={kit.lead}>{countsText(adoption.counts)}; what was registered stays.</p>
      )}
    </>
  );
}

const ENDED: Record<string, string> = { failed: 'failed', cancelled: 'was cancelled' };

interface ChosenProps {
  tables: Parameters<typeof AdoptionTables>[0]['tables'];
  onRegister: ((tables: string[]) => Promise<void>) | null;
}

function Chosen({ tables, onRegister }: ChosenProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const possible = tables.filter(({ outcome }) => outcome === 'possible');
  const chosen = new Set(possible.map(({ source }) => source).filter((one) => !left.has(one)));

  async function register() {
    setWaiting(true);
    setProblem(null);
    try {
      await onRegister?.([...chosen]);
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
    setWaiting(false);
  }

  return (
    <>
      <AdoptionTables
        tables={tables}
        chosen={onRegister === null ? null : chosen}
        onChoose={(source, wanted) => {
          const next = new Set(left);
          if (wanted) {
            next.delete(source);
          } else {
            next.add(source);
          }
          setLeft(next);
        }}
      />
      {problem !== null && <Notice problem={problem} />}
      {onRegister !== null && (
        <div className={kit.row}>
          <Button disabled={chosen.size === 0} loading={waiting} onClick={() => void register()}>
            Register {plural(chosen.size, 'table')}
          </Button>
          <span className={kit.dim}>No file is copied, moved or deleted.</span>
        </div>
      )}
    </>
  );
}
