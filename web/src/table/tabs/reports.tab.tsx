import { useInfiniteQuery } from '@tanstack/react-query';
import { listReports, type TableReport } from '../../api/reports';
import kit from '../../kit/kit.module.css';
import { ListFrame } from '../../kit/ListFrame';
import { ScrollTable } from '../../kit/ScrollTable';
import { Time } from '../../kit/Time';
import { formatBytes, formatCount } from '../../results/figures';
import { useSession } from '../../session/SessionContext';
import type { TableTab, TableTabProps } from '../tableTab';

const LOOKED_AT_MS = 10_000;

/** What engines that came through the Iceberg catalog did with the table, as they tell it. */
function Reports({ table }: TableTabProps) {
  const { transport } = useSession();
  const reports = useInfiniteQuery({
    queryKey: ['table', table.name, 'reports'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listReports(transport, table.name, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: LOOKED_AT_MS,
  });
  const shown = reports.data?.pages.flatMap((page) => page.reports) ?? [];
  return (
    <div className={kit.stack}>
      <p className={kit.lead}>
        Scans and commits that engines reported through the Iceberg catalog. Who and when the server
        knows; all else is the engine’s word. Statements of this server are under Activity.
      </p>
      <ListFrame
        query={reports}
        empty={shown.length === 0 ? 'No engine has reported a scan or a commit yet.' : null}
      >
        <ScrollTable
          label="Reports of engines"
          head={
            <>
              <th>When</th>
              <th>What</th>
              <th>By</th>
              <th>Engine</th>
              <th className={kit.number}>Took</th>
              <th className={kit.number}>Files</th>
              <th className={kit.number}>Rows</th>
              <th>Filter</th>
            </>
          }
        >
          {shown.map((report) => (
            <Row key={report.id} report={report} />
          ))}
        </ScrollTable>
      </ListFrame>
    </div>
  );
}

function Row({ report }: { report: TableReport }) {
  return (
    <tr>
      <td className={kit.nowrap}>
        <Time at={report.reported_at} />
      </td>
      <td className={kit.nowrap}>
        {report.kind === 'scan' ? 'scan' : (report.operation ?? 'commit')}
      </td>
      <td>{report.user}</td>
      <td>{report.engine ?? '–'}</td>
      <td className={kit.number}>
        {report.duration_ms === null ? '–' : `${formatCount(Math.round(report.duration_ms))} ms`}
      </td>
      <td className={kit.number}>{report.kind === 'scan' ? scanned(report) : changed(report)}</td>
      <td className={kit.number}>{rows(report)}</td>
      <td className={`${kit.code} ${kit.wrap}`}>{report.filter ?? ''}</td>
    </tr>
  );
}

function scanned({ files_planned, files_skipped, bytes_planned }: TableReport): string {
  const parts = [
    files_planned === null ? null : `${formatCount(files_planned)} planned`,
    files_skipped === null ? null : `${formatCount(files_skipped)} skipped`,
    bytes_planned === null ? null : formatBytes(bytes_planned),
  ];
  return joined(parts);
}

function changed({ files_added, files_removed }: TableReport): string {
  return joined([plus(files_added), minus(files_removed)]);
}

function rows({ rows_added, rows_removed }: TableReport): string {
  return joined([plus(rows_added), minus(rows_removed)]);
}

const plus = (figure: number | null) => (figure === null ? null : `+${formatCount(figure)}`);
const minus = (figure: number | null) =>
  figure === null || figure === 0 ? null : `−${formatCount(figure)}`;

function joined(parts: (string | null)[]): string {
  const told = parts.filter((part) => part !== null);
  return told.length === 0 ? '–' : told.join(' · ');
}

export default {
  id: 'reports',
  label: 'Engines',
  order: 420,
  Content: Reports,
  only: 'table',
} satisfies TableTab;
