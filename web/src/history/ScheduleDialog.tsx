import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Problem } from '../api/problem';
import type { SavedStatement } from '../api/savedStatements';
import {
  createSchedule,
  deleteSchedule,
  listRuns,
  listSchedules,
  type Schedule,
  type ScheduleRun,
  type TargetMode,
  tellSchedule,
} from '../api/schedules';
import { SUBMITTED_KEY } from '../api/submitted';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { SelectField, TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { Time } from '../kit/Time';
import { exactTime } from '../kit/time';
import { useSession } from '../session/SessionContext';
import classes from './history.module.css';

const LOOK_AGAIN_MS = 2_000;
const schedulesKey = (saved: string) => ['schedules', saved];

/** The times at which a saved statement runs by itself. */
export function ScheduleDialog({ saved, onClose }: { saved: SavedStatement; onClose: () => void }) {
  const { transport } = useSession();
  const listing = useQuery({
    queryKey: schedulesKey(saved.id),
    queryFn: ({ signal }) => listSchedules(transport, saved.id, signal),
    staleTime: 0,
  });
  return (
    <Dialog opened wide title={`Schedules of ${saved.name}`} onClose={onClose}>
      <div className={kit.stack}>
        {listing.error !== null && <Notice problem={Problem.from(listing.error)} />}
        {listing.data?.map((schedule) => (
          <Entry key={schedule.id} schedule={schedule} />
        ))}
        <NewSchedule saved={saved.id} />
      </div>
    </Dialog>
  );
}

function Entry({ schedule }: { schedule: Schedule }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const runs = useQuery({
    queryKey: [...schedulesKey(schedule.saved_statement_id), schedule.id],
    queryFn: ({ signal }) => listRuns(transport, schedule.id, signal),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.some(({ state: one }) => one === 'queued' || one === 'running')
        ? LOOK_AGAIN_MS
        : false,
  });

  async function tell(work: () => Promise<void>) {
    setProblem(null);
    try {
      await work();
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
    void queryClient.invalidateQueries({ queryKey: schedulesKey(schedule.saved_statement_id) });
    void queryClient.invalidateQueries({ queryKey: SUBMITTED_KEY });
  }

  const name = `${schedule.cron} ${schedule.zone}`;
  return (
    <section className={kit.stack} aria-label={`Schedule ${name}`}>
      <div>
        <strong>{schedule.cron}</strong> in {schedule.zone},{' '}
        {schedule.into === null
          ? 'rows are kept for a day'
          : `into ${schedule.into.table} (${schedule.into.mode})`}
        <span className={classes.figures}>
          {' '}
          {schedule.paused
            ? 'paused'
            : schedule.next_at === null
              ? 'never again'
              : `next ${exactTime(schedule.next_at)}`}
        </span>
      </div>
      <div className={kit.row}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void tell(() => tellSchedule(transport, schedule.id, 'run'))}
        >
          Run now
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            void tell(() =>
              tellSchedule(transport, schedule.id, schedule.paused ? 'resume' : 'pause'),
            )
          }
        >
          {schedule.paused ? 'Resume' : 'Pause'}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void tell(() => deleteSchedule(transport, schedule.id))}
        >
          Delete
        </Button>
      </div>
      {problem !== null && <Notice problem={problem} />}
      <ul className={classes.list} aria-label={`Runs of ${name}`}>
        {runs.data?.map((run) => (
          <li key={run.local} className={classes.figures}>
            <Time at={run.at} /> {words(run)}
            {run.error !== null && <span className={classes.error}> {run.error.detail}</span>}
          </li>
        ))}
        {runs.data?.length === 0 && <li className={classes.figures}>It has not run yet.</li>}
      </ul>
    </section>
  );
}

function words({ state, manual, late }: ScheduleRun): string {
  return `${state}${manual ? ', by hand' : ''}${late ? ', late' : ''}`;
}

const TARGETS = [
  ['kept', 'Keep the rows for a day'],
  ['replace', 'Replace the rows of a table'],
  ['append', 'Append to a table'],
] as const;

function NewSchedule({ saved }: { saved: string }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [cron, setCron] = useState('0 6 * * *');
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [target, setTarget] = useState<'kept' | Exclude<TargetMode, 'create'>>('kept');
  const [table, setTable] = useState('');
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setWaiting(true);
    setProblem(null);
    try {
      const into = target === 'kept' ? {} : { into: { table: table.trim(), mode: target } };
      await createSchedule(transport, { saved_statement_id: saved, cron, zone, ...into });
      await queryClient.invalidateQueries({ queryKey: schedulesKey(saved) });
    } catch (failure) {
      setProblem(Problem.from(failure));
    } finally {
      setWaiting(false);
    }
  }

  return (
    <form className={kit.stack} onSubmit={submit}>
      <TextField
        label="Times"
        hint="minute hour day month weekday, as 30 6 * * MON-FRI, or @hourly, @daily"
        required
        value={cron}
        onChange={setCron}
      />
      <TextField label="Time zone" required value={zone} onChange={setZone} />
      <SelectField label="Rows" value={target} options={TARGETS} onChange={setTarget} />
      {target !== 'kept' && (
        <TextField
          label="Table"
          hint="namespace.table; it is made when it is missing"
          required
          value={table}
          onChange={setTable}
        />
      )}
      {problem !== null && <Notice problem={problem} />}
      <div className={kit.row}>
        <Button type="submit" loading={waiting}>
          Add a schedule
        </Button>
      </div>
    </form>
  );
}
