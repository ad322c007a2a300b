import type { ReactNode } from 'react';
import type { AuditEntry } from '../api/audit';
import { Dialog } from '../app/Dialog';
import { Link } from '../app/routing';
import { CopyText } from '../kit/CopyText';
import kit from '../kit/kit.module.css';
import { exactTime } from '../kit/time';
import { OutcomeBadge } from './OutcomeBadge';

/** All that is known of one entry. */
export function EntryDialog({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { who, verb, resource, sequence } = entry;
  const facts: [string, ReactNode][] = [
    ['When', exactTime(entry.at)],
    ['Who', `${who.name} (${who.kind})`],
    ['What', verb],
    ['On', resource],
    ['Outcome', <OutcomeBadge key="outcome" outcome={entry.outcome} />],
    ['From', entry.address === '' ? '–' : entry.address],
    ['Request', entry.request_id === '' ? '–' : entry.request_id],
    ['Place', sequence === null ? 'not sealed yet' : `${sequence} in the chain`],
    ['Entry', entry.id],
  ];
  return (
    <Dialog opened side title={`${verb} by ${who.name}`} onClose={onClose}>
      <div className={kit.stack}>
        <dl className={kit.facts}>
          {facts.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {entry.outcome === 'denied' && (
          <p>
            <Link className={kit.link} to="/access" search={{ verb, on: resource, user: who.name }}>
              Why, and who can grant it?
            </Link>
          </p>
        )}
        {Object.keys(entry.details).length > 0 && (
          <CopyText label="Details" text={JSON.stringify(entry.details, null, 2)} wrap />
        )}
      </div>
    </Dialog>
  );
}
