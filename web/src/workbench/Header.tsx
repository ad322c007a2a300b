import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../api/problem';
import type { Session } from '../api/session';
import { ColorSchemeToggle } from '../app/ColorSchemeToggle';
import { SidebarIcon, SignOutIcon } from '../app/icons';
import { Logo } from '../app/Logo';
import { useSession } from '../session/SessionContext';
import classes from './Workbench.module.css';

interface Props {
  session: Session;
  sidebarOpen: boolean;
  onToggleSidebar: () => void;
}

export function Header({ session, sidebarOpen, onToggleSidebar }: Props) {
  const { signOut } = useSession();
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <header className={classes.header}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Catalog"
        title="Catalog"
        aria-expanded={sidebarOpen}
        aria-controls="catalog"
        onClick={onToggleSidebar}
      >
        <SidebarIcon />
      </ActionIcon>
      <Logo size={22} />
      <h1 className={classes.brand}>Tarn</h1>
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
      <span className={classes.user} title={session.roles.join(', ')}>
        {session.user.name}
      </span>
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
