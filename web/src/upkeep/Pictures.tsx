import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { randomUuid } from '../api/identifier';
import { runStatement } from '../api/statements';
import type { TableDetail } from '../api/tables';
import type { TableHealth } from '../api/upkeep';
import { namespaceName, quoteIdentifier } from '../catalog/sqlName';
import kit from '../kit/kit.module.css';
import { useMay } from '../manage/places';
import { formatBytes, formatCount, plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { TABLE_KEY } from '../table/queries';
import { Bars } from './Bars';
import { mosaicLabel, mosaicOf, partitionsOf, TONES } from './mosaic';
import classes from './upkeep.module.css';
import { sizeLabel } from './words';

const FILES_DRAWN = 3_000;
const PARTITIONS_DRAWN = 24;

interface Props {
  table: TableDetail;
  health: TableHealth;
}

/** Files and partitions as pictures. Every file tells of all rows, so they are for whoever may read all of them. */
export function Pictures({ table, health }: Props) {
  const [reads] = useMay([{ verb: 'select', on: `table:${table.name}` }]);
  const shown = reads === true && table.limited !== true && health.files.count > 0;
  return (
    <div className={classes.pictures}>
      <section className={kit.card} aria-label="Sizes of files">
        <h2 className={kit.cardTitle}>Sizes of files</h2>
        <Bars
          label="Files by size"
          bars={health.sizes.map(({ below, files, bytes }, at) => ({
            key: String(below),
            name: sizeLabel(health.sizes[at - 1]?.below ?? 0, below),
            size: files,
            text: `${plural(files, 'file')}, ${formatBytes(bytes)}`,
          }))}
        />
        <p className={kit.hint}>
          A file should have about {formatBytes(health.target_file_bytes)}; they have{' '}
          {formatBytes(health.average_file_bytes)} on average.
        </p>
      </section>
      {shown && <Files table={table} target={health.target_file_bytes} />}
      {shown && health.partitions.count > 1 && <Partitions table={table} health={health} />}
    </div>
  );
}

function metadataQuery(table: TableDetail, kind: string, select: string, rest: string) {
  const name = `${namespaceName(table.namespace)}.${quoteIdentifier(`${table.table}$${kind}`)}`;
  return {
    queryKey: [...TABLE_KEY, table.name, kind, table.snapshot_id],
    staleTime: Number.POSITIVE_INFINITY,
    statement: `select ${select} from ${name} ${rest}`,
  };
}

function useMetadata(table: TableDetail, kind: string, select: string, rest: string) {
  const { transport } = useSession();
  const { statement, ...query } = metadataQuery(table, kind, select, rest);
  return useQuery({ ...query, queryFn: () => runStatement(transport, randomUuid(), statement) });
}

function Files({ table, target }: { table: TableDetail; target: number }) {
  const files = useMetadata(
    table,
    'files',
    'content, file_size_in_bytes, record_count',
    `order by content, file_size_in_bytes desc limit ${FILES_DRAWN}`,
  );
  const mosaic = useMemo(
    () => (files.data === undefined ? null : mosaicOf(files.data.rows, target)),
    [files.data, target],
  );
  if (mosaic === null) {
    return null;
  }
  const { tiles, columns, rows, counts } = mosaic;
  return (
    <section className={kit.card} aria-label="Files">
      <h2 className={kit.cardTitle}>Files</h2>
      <svg
        className={classes.mosaic}
        viewBox={`0 0 ${columns} ${rows}`}
        preserveAspectRatio="xMinYMin meet"
        role="img"
        aria-label={mosaicLabel(mosaic)}
      >
        {tiles.map(({ x, y, tone, title }) => (
          <rect
            key={`${x} ${y}`}
            x={x + 0.06}
            y={y + 0.06}
            width={0.88}
            height={0.88}
            data-tone={tone}
          >
            <title>{title}</title>
          </rect>
        ))}
      </svg>
      <ul className={classes.legend}>
        {TONES.filter(([tone]) => counts[tone] > 0).map(([tone, words]) => (
          <li key={tone}>
            <svg className={classes.mosaic} viewBox="0 0 1 1" aria-hidden="true">
              <rect width={1} height={1} data-tone={tone} />
            </svg>
            {formatCount(counts[tone])} {words}
          </li>
        ))}
      </ul>
      {tiles.length === FILES_DRAWN && (
        <p className={kit.hint}>The largest {formatCount(FILES_DRAWN)} are drawn.</p>
      )}
    </section>
  );
}

function Partitions({ table, health }: Props) {
  const rows = useMetadata(
    table,
    'partitions',
    '*',
    `order by total_data_file_size_in_bytes desc limit ${PARTITIONS_DRAWN}`,
  );
  const partitions = rows.data === undefined ? [] : partitionsOf(rows.data);
  const { count, largest_bytes, median_bytes, skew } = health.partitions;
  if (partitions.length === 0) {
    return null;
  }
  return (
    <section className={kit.card} aria-label="Partitions">
      <h2 className={kit.cardTitle}>{plural(count, 'partition')}</h2>
      <Bars
        label="Partitions by size"
        bars={partitions.map(({ key, name, files, bytes }) => ({
          key,
          name,
          size: bytes,
          text: `${formatBytes(bytes)}, ${plural(files, 'file')}`,
        }))}
      />
      <p className={kit.hint}>
        The largest has {formatBytes(largest_bytes)}, the one in the middle{' '}
        {formatBytes(median_bytes)}: {skew.toFixed(1)} times as much.
        {count > partitions.length &&
          ` The largest ${formatCount(partitions.length)} of ${formatCount(count)} are drawn.`}
      </p>
    </section>
  );
}
