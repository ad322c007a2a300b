import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { offeredProviders, signInPath } from '../api/identityProviders';
import { rememberSignIn } from './rememberedSession';
import { useSession } from './SessionContext';
import classes from './SignIn.module.css';

/** The ways to sign in that are not ours. */
export function Providers() {
  const { transport } = useSession();
  const providers = useQuery({
    queryKey: ['sign-in'],
    retry: false,
    queryFn: ({ signal }) => offeredProviders(transport, signal),
  });
  const names = providers.data ?? [];
  if (names.length === 0) {
    return null;
  }
  return (
    <div className={classes.providers}>
      {names.map((name) => (
        <Button
          key={name}
          component="a"
          href={signInPath(name, `${location.pathname}${location.search}`)}
          variant="default"
          fullWidth
          // The browser comes back with a session, which has to be looked for.
          onClick={rememberSignIn}
        >
          Sign in with {name}
        </Button>
      ))}
    </div>
  );
}
