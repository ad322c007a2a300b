import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { Logo } from '../app/Logo';
import { Notice } from '../app/Notice';
import { useNavigate } from '../app/routing';
import classes from './SignIn.module.css';
import { SignInForm } from './SignInForm';

/** An identity provider sends the browser back with it when nobody was signed in. */
const REFUSED = 'sign_in_error';

export function SignInPage() {
  const navigate = useNavigate();
  const [refused] = useState(refusal);
  useEffect(() => {
    if (refused !== null) {
      void navigate({ to: '/', replace: true });
    }
  }, [refused, navigate]);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <header className={classes.heading}>
          <Logo size={40} />
          <h1 className={classes.title}>Sign in to Tarn</h1>
          <p className={classes.hint}>
            The first start wrote both credentials to <code>credentials.json</code> in the server’s
            home folder.
          </p>
        </header>
        {refused !== null && <Notice problem={refused} />}
        <SignInForm />
      </div>
    </main>
  );
}

function refusal(): Problem | null {
  const code = new URLSearchParams(location.search).get(REFUSED);
  return code === null
    ? null
    : new Problem(
        {
          // A word of ours or nothing: what an address holds may come from anybody.
          code: /^[a-z_]{1,40}$/.test(code) ? code : 'unauthenticated',
          title: 'Not signed in',
          detail:
            code === 'forbidden'
              ? 'The identity provider knows you, and this server does not let you in. An administrator can.'
              : 'The sign-in through the identity provider did not succeed. Try again; an administrator finds the reason in the server’s log.',
        },
        401,
      );
}
