import { Logo } from '../app/Logo';
import classes from './SignIn.module.css';
import { SignInForm } from './SignInForm';

export function SignInPage() {
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
        <SignInForm />
      </div>
    </main>
  );
}
