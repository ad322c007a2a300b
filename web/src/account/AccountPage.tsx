import { useMantineColorScheme } from '@mantine/core';
import type { Session } from '../api/session';
import { Link } from '../app/routing';
import { Choices } from '../kit/Choices';
import { Figures } from '../kit/Figures';
import kit from '../kit/kit.module.css';
import { Page } from '../kit/Page';
import { useSession } from '../session/SessionContext';
import { PasswordForm } from './PasswordForm';

export function AccountPage() {
  const { state } = useSession();
  if (state.status !== 'signed-in' && state.status !== 'expired') {
    return null;
  }
  const { session } = state;
  return (
    <Page title="Account" lead="Who you are here, your password, and how the console looks.">
      <section className={kit.card} aria-label="You">
        <h2 className={kit.cardTitle}>You</h2>
        <Facts session={session} />
        <p className={kit.lead}>
          Programs sign in with a{' '}
          <Link to="/keys" className={kit.link}>
            key
          </Link>
          , never with your password.
        </p>
      </section>
      <section className={kit.card} aria-label="Password">
        <h2 className={kit.cardTitle}>Password</h2>
        <PasswordForm username={session.user.name} />
      </section>
      <section className={kit.card} aria-label="Appearance">
        <h2 className={kit.cardTitle}>Appearance</h2>
        <ColorScheme />
      </section>
    </Page>
  );
}

function Facts({ session }: { session: Session }) {
  const facts: [string, string][] = [
    ['User', session.user.name],
    ['Roles', session.roles.join(', ') || 'none'],
    ['Tenant', session.tenant.name],
    ['Workspace', session.workspace.name],
  ];
  return <Figures figures={facts} />;
}

function ColorScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Choices
      legend="Colours"
      value={colorScheme}
      onChange={setColorScheme}
      choices={[
        { value: 'auto', label: 'As the system' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  );
}
