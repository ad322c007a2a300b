import type { AuditEntry } from '../api/audit';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { exactTime } from '../kit/time';
import { OutcomeBadge } from './OutcomeBadge';

interface Props {
  entries: AuditEntry[];
  onOpen: (entry: AuditEntry) => void;
}

export function AuditTable({ entries, onOpen }: Props) {
  return (
    <ScrollTable
      label="Entries"
      head={
        <>
          <th>When</th>
          <th>Who</th>
          <th>What</th>
          <th>On</th>
          <th>Outcome</th>
          <th>From</th>
        </>
      }
    >
      {entries.map((entry) => (
        <tr key={entry.id}>
          <td className={kit.nowrap}>
            <button type="button" className={kit.linkButton} onClick={() => onOpen(entry)}>
              <time dateTime={entry.at}>{exactTime(entry.at)}</time>
              <span className={kit.unseen}>
                {' '}
                details of {entry.verb} {entry.resource}
              </span>
            </button>
          </td>
          <td className={kit.wrap}>
            {entry.who.name}{' '}
            {!['person', entry.who.name].includes(entry.who.kind) && (
              <span className={kit.dim}>{entry.who.kind}</span>
            )}
          </td>
          <td className={kit.nowrap}>{entry.verb}</td>
          <td className={`${kit.code} ${kit.wrap}`}>{entry.resource}</td>
          <td>
            <OutcomeBadge outcome={entry.outcome} />
          </td>
          <td className={`${kit.code} ${kit.dim}`}>{entry.address}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
