import { Dialog } from '../app/Dialog';
import classes from './SignIn.module.css';
import { SignInForm } from './SignInForm';

/** Lies over the page, which keeps everything that was typed. */
export function SessionExpired({ opened, username }: { opened: boolean; username: string }) {
  return (
    <Dialog opened={opened} title="Your session has ended">
      <p className={classes.hint}>Sign in again to go on. Your text is kept.</p>
      <SignInForm username={username} />
    </Dialog>
  );
}
