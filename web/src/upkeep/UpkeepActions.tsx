import { Button } from '@mantine/core';
import { useState } from 'react';
import type { TableDetail } from '../api/tables';
import type { TableHealth } from '../api/upkeep';
import kit from '../kit/kit.module.css';
import { May } from '../manage/May';
import { CompactDialog } from './CompactDialog';
import { ExpireDialog } from './ExpireDialog';
import { ManifestsDialog } from './ManifestsDialog';
import { OrphansDialog } from './OrphansDialog';

interface Props {
  table: TableDetail;
  health: TableHealth;
  /** While something is done for the table nothing else can be. */
  busy: boolean;
}

const ACTIONS = [
  ['Compact…', CompactDialog],
  ['Expire versions…', ExpireDialog],
  ['Remove orphan files…', OrphansDialog],
  ['Rewrite manifests…', ManifestsDialog],
] as const;

/** What can be done for a table, by whoever looks after it. */
export function UpkeepActions({ table, health, busy }: Props) {
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <May verb="manage" on={`table:${table.name}`}>
      <div className={kit.row}>
        {ACTIONS.map(([label], at) => (
          <Button
            key={label}
            size="compact-sm"
            {...(at === 0 ? {} : { variant: 'default' })}
            disabled={busy}
            onClick={() => setOpened(label)}
          >
            {label}
          </Button>
        ))}
      </div>
      {ACTIONS.map(
        ([label, Dialog]) =>
          opened === label && (
            <Dialog key={label} table={table} health={health} onClose={() => setOpened(null)} />
          ),
      )}
    </May>
  );
}
