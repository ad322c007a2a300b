import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../api/problem';
import type { Session } from '../api/session';
import { ColorSchemeToggle } from '../app/ColorSchemeToggle';
import { AccountIcon, SidebarIcon, SignOutIcon } from '../app/icons';
import { Logo } from '../app/Logo';
import { Navigation } from '../app/Navigation';
import { Link } from '../app/routing';
import { SearchButton } from '../search/SearchButton';
import { useSession } from '../session/SessionContext';
import classes from './Workbench.module.css';

interface Props {
  session: Session;
  /** Of a page that has one. */
  sidebar?: { open: boolean; onToggle: () => void };
}

export function Header({ session, sidebar }: Props) {
  const { signOut } = useSession();
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <header className={classes.header}>
      {sidebar !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Catalog"
          title="Catalog"
          aria-expanded={sidebar.open}
          aria-controls="catalog"
          onClick={sidebar.onToggle}
        >
          <SidebarIcon />
        </ActionIcon>
      )}
      <Logo size={22} />
      <span className={classes.brand}>Tarn</span>
      <Navigation />
      <span className={classes.context}>
        {session.tenant.name}
        <span aria-hidden="true"> / </span>
        {session.workspace.name}
      </span>
      <span className={classes.spacer}>
        {problem !== null && (
          <span role="alert" className={classes.signOutProblem}>
            {problem.message}
          </span>
        )}
      </span>
      <SearchButton />
      <Link
        to="/account"
        className={classes.user}
        aria-label={`Account of ${session.user.name}`}
        title={`Account (${session.roles.join(', ')})`}
      >
        <AccountIcon />
        <span>{session.user.name}</span>
      </Link>
      <ColorSchemeToggle />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Sign out"
        title="Sign out"
        onClick={() => signOut().catch((failure) => setProblem(Problem.from(failure)))}
      >
        <SignOutIcon />
      </ActionIcon>
    </header>
  );
}
