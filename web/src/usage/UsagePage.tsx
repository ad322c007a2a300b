import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { getUsage, type UsageAmounts, type UsageReport } from '../api/usage';
import { SelectField, TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { ScrollTable } from '../kit/ScrollTable';
import { ManagePage } from '../manage/ManagePage';
import manage from '../manage/manage.module.css';
import { formatBytes, formatCount } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { QuotasCard } from './QuotasCard';
import classes from './usage.module.css';
import {
  dateText,
  GROUPINGS,
  type Grouping,
  groupText,
  MEASURES,
  type Measure,
  period,
} from './usageView';

const UsageChart = lazy(() =>
  import('./UsageChart').then((part) => ({ default: part.UsageChart })),
);
const DAYS = 30;
const HOUR_DAYS = 2;

/** What was used: by oneself, or by everybody for whoever may see it. */
export function UsagePage() {
  const { transport } = useSession();
  const [by, setBy] = useState<Grouping>('day');
  const [measure, setMeasure] = useState<Measure>('calls');
  const [from, setFrom] = useState(() => daysAgo(DAYS));
  const [until, setUntil] = useState(() => daysAgo(0));
  const query = {
    by,
    ...period(from, until),
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  const report = useQuery({
    queryKey: ['usage', query],
    staleTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => getUsage(transport, query, signal),
  });

  function group(next: Grouping) {
    setBy(next);
    if (next === 'hour') {
      setFrom(daysAgo(HOUR_DAYS - 1));
      setUntil(daysAgo(0));
    }
  }

  return (
    <ManagePage
      title="Usage"
      lead={
        report.data?.scope === 'own'
          ? 'What you used. Everybody’s use is shown to whoever may see it.'
          : 'What was used: calls, statements, bytes they read, time of jobs, tokens of models.'
      }
    >
      <div className={manage.filters}>
        <SelectField label="By" value={by} options={GROUPINGS} onChange={group} />
        <SelectField label="Chart of" value={measure} options={MEASURES} onChange={setMeasure} />
        <TextField label="From" type="date" value={from} onChange={setFrom} />
        <TextField label="Until" type="date" value={until} onChange={setUntil} />
      </div>
      <ListFrame
        query={report}
        empty={report.data?.rows.length === 0 ? 'Nothing was used in that time.' : null}
      >
        {report.data !== undefined && (
          <>
            <section className={kit.card} aria-label="Chart">
              <Suspense fallback={<div className={classes.chart} />}>
                <UsageChart rows={report.data.rows} by={by} measure={measure} />
              </Suspense>
            </section>
            <Figures report={report.data} by={by} />
          </>
        )}
      </ListFrame>
      <QuotasCard />
    </ManagePage>
  );
}

function Figures({ report, by }: { report: UsageReport; by: Grouping }) {
  return (
    <ScrollTable
      label="Figures"
      head={
        <>
          <th>{GROUPINGS.find(([one]) => one === by)?.[1]}</th>
          {MEASURES.map(([measure, label]) => (
            <th key={measure} className={kit.number}>
              {label}
            </th>
          ))}
        </>
      }
    >
      {report.rows.map((row) => (
        <tr key={row.id ?? row.group}>
          <th scope="row" className={kit.wrap}>
            {groupText(row.group, by)}
          </th>
          <Cells amounts={row} />
        </tr>
      ))}
      <tr className={classes.total}>
        <th scope="row">Total</th>
        <Cells amounts={report.total} />
      </tr>
    </ScrollTable>
  );
}

function Cells({ amounts }: { amounts: UsageAmounts }) {
  return MEASURES.map(([measure]) => (
    <td key={measure} className={kit.number}>
      {measure === 'bytes_scanned' ? formatBytes(amounts[measure]) : formatCount(amounts[measure])}
    </td>
  ));
}

function daysAgo(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() - days);
  return dateText(at);
}
