import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** With what it is done to, for whoever does not see the row. */
  name: string;
  onClick: () => void;
  children: ReactNode;
}

/** A small button in a row of a table. */
export function RowButton({ name, onClick, children }: Props) {
  return (
    <Button size="compact-xs" variant="default" aria-label={name} onClick={onClick}>
      {children}
    </Button>
  );
}
