import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Problem } from '../api/problem';
import type { Credential } from '../api/session';
import { Notice } from '../app/Notice';
import { CredentialKind, type CredentialKindName } from './CredentialKind';
import { Providers } from './Providers';
import { useSession } from './SessionContext';
import classes from './SignIn.module.css';

export function SignInForm({ username: knownName = '' }: { username?: string }) {
  const { signIn } = useSession();
  const [kind, setKind] = useState<CredentialKindName>('key');
  const [key, setKey] = useState('');
  const [username, setUsername] = useState(knownName);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [waiting, setWaiting] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const credential: Credential =
      kind === 'key' ? { key: key.trim() } : { username: username.trim(), password };
    setWaiting(true);
    setProblem(null);
    try {
      await signIn(credential);
    } catch (failure) {
      setProblem(Problem.from(failure));
      setWaiting(false);
    }
  }

  return (
    <>
      <form className={classes.form} onSubmit={submit}>
        <CredentialKind
          kind={kind}
          onChange={(next) => {
            setKind(next);
            setProblem(null);
          }}
        />
        {kind === 'key' ? (
          <PasswordInput
            key="key"
            label="Key"
            placeholder="dlx_sk_v1_…"
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        ) : (
          <>
            <TextInput
              key="username"
              label="User name"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              data-autofocus
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              key="password"
              label="Password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        )}
        {problem !== null && <Notice problem={problem} />}
        <Button type="submit" fullWidth loading={waiting}>
          Sign in
        </Button>
      </form>
      <Providers />
    </>
  );
}
