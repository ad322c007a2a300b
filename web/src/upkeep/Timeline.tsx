import type { Snapshot, TableDetail } from '../api/tables';
import kit from '../kit/kit.module.css';
import { OpenStatement } from '../kit/OpenStatement';
import { RowButton } from '../kit/RowButton';
import { Time } from '../kit/Time';
import { May } from '../manage/May';
import classes from './upkeep.module.css';
import {
  afterWords,
  ancestorsOf,
  changeWords,
  mostRows,
  parentOf,
  readVersion,
  rowsOnlyIn,
} from './versions';

interface Props {
  table: TableDetail;
  snapshots: Snapshot[];
  /** Who committed each; null for whoever may not know. */
  committers: Map<string, string> | null;
  onRollBack: (snapshot: Snapshot) => void;
}

/** The versions that can still be read, newest first: what each changed, and the way back to it. */
export function Timeline({ table, snapshots, committers, onRollBack }: Props) {
  const most = mostRows(snapshots);
  const ancestors = ancestorsOf(snapshots);
  return (
    <ol className={classes.timeline} aria-label="Versions">
      {snapshots.map((snapshot) => (
        <li key={snapshot.snapshot_id} className={classes.version}>
          <span
            className={classes.dot}
            data-current={snapshot.current || undefined}
            aria-hidden="true"
          />
          <Version
            table={table}
            snapshot={snapshot}
            parent={parentOf(snapshots, snapshot)}
            by={committers === null ? null : (committers.get(snapshot.snapshot_id) ?? '–')}
            most={most}
            goesBack={!snapshot.current && (ancestors?.has(snapshot.snapshot_id) ?? true)}
            onRollBack={() => onRollBack(snapshot)}
          />
        </li>
      ))}
    </ol>
  );
}

interface VersionProps {
  table: TableDetail;
  snapshot: Snapshot;
  parent: Snapshot | null;
  by: string | null;
  most: number;
  goesBack: boolean;
  onRollBack: () => void;
}

function Version({ table, snapshot, parent, by, most, goesBack, onRollBack }: VersionProps) {
  const { snapshot_id: id, operation, current, engine } = snapshot;
  return (
    <div className={classes.versionCard}>
      <div className={kit.row}>
        <strong>{operation}</strong>
        {current && (
          <span className={kit.badge} data-tone="good">
            current
          </span>
        )}
        {!current && !goesBack && <span className={kit.badge}>left aside</span>}
        <span className={kit.dim}>
          <Time at={snapshot.committed_at} />
          {engine !== null && ` · ${engine}`}
          {by !== null && ` · by ${by}`}
        </span>
        <span className={`${kit.code} ${kit.dim} ${kit.wrap}`}>{id}</span>
      </div>
      <p className={classes.what}>
        {changeWords(snapshot, parent).map((word) => (
          <span key={word}>{word}</span>
        ))}
        <span className={kit.dim}>{afterWords(snapshot)}</span>
      </p>
      {operation !== 'replace' && (
        <Change came={snapshot.added_rows ?? 0} went={snapshot.deleted_rows ?? 0} most={most} />
      )}
      <div className={kit.row}>
        <OpenStatement statement={readVersion(table, id)} variant="default" size="compact-xs">
          Query this version
        </OpenStatement>
        {parent !== null && (
          <>
            <OpenStatement
              statement={rowsOnlyIn(table, id, parent.snapshot_id)}
              variant="default"
              size="compact-xs"
            >
              Rows that came
            </OpenStatement>
            <OpenStatement
              statement={rowsOnlyIn(table, parent.snapshot_id, id)}
              variant="default"
              size="compact-xs"
            >
              Rows that went
            </OpenStatement>
          </>
        )}
        {goesBack && (
          <May verb="manage" on={`table:${table.name}`}>
            <RowButton name={`Roll back to ${id}`} onClick={onRollBack}>
              Roll back to this…
            </RowButton>
          </May>
        )}
      </div>
    </div>
  );
}

/** Rows that went to the left, rows that came to the right. */
function Change({ came, went, most }: { came: number; went: number; most: number }) {
  return (
    <div className={classes.change} aria-hidden="true">
      <span className={classes.went} style={{ width: `${(went / most) * 100}%` }} />
      <span className={classes.came} style={{ width: `${(came / most) * 100}%` }} />
    </div>
  );
}
