import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from '../app/Dialog';
import classes from './kit.module.css';

interface Props {
  opened: boolean;
  title: string;
  onStay: () => void;
  onLeave: () => void;
  children: ReactNode;
}

export function LeaveDialog({ opened, title, onStay, onLeave, children }: Props) {
  return (
    <Dialog opened={opened} title={title} onClose={onStay}>
      <div className={classes.stack}>
        <div>{children}</div>
        <div className={classes.row}>
          <Button data-autofocus onClick={onStay}>
            Stay
          </Button>
          <Button variant="default" onClick={onLeave}>
            Leave
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
