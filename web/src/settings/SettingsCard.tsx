import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import kit from '../kit/kit.module.css';
import { May } from '../manage/May';

interface Props {
  title: string;
  lead: ReactNode;
  action: string;
  /** What the action needs. */
  needs: { verb: string; on: string };
  onAction: () => void;
  children: ReactNode;
}

export function SettingsCard({ title, lead, action, needs, onAction, children }: Props) {
  return (
    <section className={kit.card} aria-label={title}>
      <div className={kit.stack}>
        <div className={kit.row}>
          <h2 className={kit.cardTitle}>{title}</h2>
          <May {...needs}>
            <Button variant="default" size="compact-sm" onClick={onAction}>
              {action}
            </Button>
          </May>
        </div>
        <p className={kit.lead}>{lead}</p>
        {children}
      </div>
    </section>
  );
}
