import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem } from '../../api/problem';
import { type Profile, profileTable } from '../../api/tables';
import { Notice } from '../../app/Notice';
import kit from '../../kit/kit.module.css';
import { ProgressBar } from '../../kit/ProgressBar';
import { formatBytes, formatDuration, plural } from '../../results/figures';
import { useSession } from '../../session/SessionContext';
import { ColumnCard } from '../ColumnCard';
import classes from '../table.module.css';
import type { TableTab, TableTabProps } from '../tableTab';

/** A larger table is read when somebody asks for it. */
const AT_ONCE_BYTES = 200_000_000;
const CARDS_SHOWN = 60;

function ProfileTab({ table }: TableTabProps) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState((table.size_bytes ?? 0) <= AT_ONCE_BYTES);
  const queryKey = ['table', table.name, 'profile', table.snapshot_id];
  const profile = useQuery({
    queryKey,
    enabled: asked,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => profileTable(transport, table.name, signal),
  });
  if (profile.data !== undefined) {
    return <Cards profile={profile.data} />;
  }
  if (profile.error !== null) {
    return (
      <div className={kit.stack}>
        <Notice problem={Problem.from(profile.error)} />
        <div>
          <Button onClick={() => void profile.refetch()}>Try again</Button>
        </div>
      </div>
    );
  }
  if (!asked || profile.fetchStatus === 'idle') {
    return (
      <div className={kit.card}>
        <p className={kit.lead}>
          A profile reads the whole table
          {table.size_bytes === null ? '' : ` (${formatBytes(table.size_bytes)})`} once; it is kept
          until the table changes.
        </p>
        <p>
          <Button
            onClick={() => {
              setAsked(true);
              void profile.refetch();
            }}
          >
            Profile every column
          </Button>
        </p>
      </div>
    );
  }
  return (
    <Reading
      onCancel={() => {
        setAsked(false);
        void queryClient.cancelQueries({ queryKey });
      }}
    />
  );
}

function Reading({ onCancel }: { onCancel: () => void }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={kit.card}>
      <div className={kit.stack}>
        <span role="status">Reading every column…</span>
        <ProgressBar label="Profile" fraction={null} />
        <div className={kit.row}>
          <span className={kit.dim}>{seconds === 0 ? '' : formatDuration(seconds * 1000)}</span>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </div>
  );
}

function Cards({ profile }: { profile: Profile }) {
  const [filter, setFilter] = useState('');
  const [shown, setShown] = useState(CARDS_SHOWN);
  const wanted = filter.trim().toLowerCase();
  const columns = profile.columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  const part = profile.profiled_rows < profile.rows;
  return (
    <div className={kit.stack}>
      <div className={classes.columnsTools}>
        <span role="status" className={kit.dim}>
          {part
            ? `${plural(profile.profiled_rows, 'row')} of ${plural(profile.rows, 'row')}`
            : `All ${plural(profile.rows, 'row')}`}{' '}
          in {formatDuration(profile.elapsed_ms)}
        </span>
        <input
          type="search"
          className={`${kit.input} ${classes.filter}`}
          aria-label="Filter columns"
          placeholder="Filter columns"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </div>
      <ul className={classes.profiles} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {columns.slice(0, shown).map((column) => (
          <ColumnCard key={column.name} column={column} rows={profile.profiled_rows} />
        ))}
      </ul>
      {columns.length > shown && (
        <div>
          <Button variant="default" onClick={() => setShown(shown + CARDS_SHOWN)}>
            Show more of {plural(columns.length, 'column')}
          </Button>
        </div>
      )}
    </div>
  );
}

export default {
  id: 'profile',
  label: 'Profile',
  order: 300,
  Content: ProfileTab,
  only: 'table',
} satisfies TableTab;
