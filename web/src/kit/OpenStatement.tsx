import { Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props extends ButtonProps {
  statement: string;
  children: ReactNode;
}

/** A button that opens the editor with a statement. */
export function OpenStatement({ statement, children, ...button }: Props) {
  return (
    <Button {...button} renderRoot={(props) => <Link {...props} to="/" search={{ statement }} />}>
      {children}
    </Button>
  );
}
