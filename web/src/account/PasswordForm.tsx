import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { changePassword } from '../api/password';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import { passwordHindrance } from './passwordHindrance';

export function PasswordForm({ username }: { username: string }) {
  const { transport } = useSession();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [waiting, setWaiting] = useState(false);
  const [tried, setTried] = useState(false);
  const [changed, setChanged] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const hindrance = passwordHindrance(next, again);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    setChanged(false);
    setProblem(null);
    if (hindrance !== null) {
      return;
    }
    setWaiting(true);
    try {
      await changePassword(transport, current, next);
      setCurrent('');
      setNext('');
      setAgain('');
      setTried(false);
      setChanged(true);
    } catch (failure) {
      setProblem(Problem.from(failure));
    } finally {
      setWaiting(false);
    }
  }

  return (
    <form className={kit.stack} style={{ maxWidth: 360 }} onSubmit={submit}>
      {/* For password managers, which would not know whose it is. */}
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        label="New password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <PasswordInput
        label="New password again"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      {tried && hindrance !== null && (
        <p role="alert" className={kit.mistake}>
          {hindrance}
        </p>
      )}
      {problem !== null && <Notice problem={problem} />}
      <div className={kit.row}>
        <Button type="submit" loading={waiting}>
          Change password
        </Button>
        <span role="status" className={kit.dim}>
          {changed ? 'Changed. Your other sessions have ended.' : ''}
        </span>
      </div>
    </form>
  );
}
