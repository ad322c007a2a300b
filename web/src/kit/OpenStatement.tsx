import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from '../app/routing';
import { offerStatement } from '../editor/openStatement';

interface Props extends ButtonProps {
  statement: string;
  children: ReactNode;
}

/** A button that opens the editor with a statement, and runs it. */
export function OpenStatement({ statement, children, ...button }: Props) {
  return (
    <Button
      {...button}
      renderRoot={(props) => <Link {...props} to="/" onClick={() => offerStatement(statement)} />}
    >
      {children}
    </Button>
  );
}
