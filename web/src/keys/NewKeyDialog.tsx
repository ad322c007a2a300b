import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type CreatedKey, createKey } from '../api/keys';
import { Problem } from '../api/problem';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { CopyText } from '../kit/CopyText';
import { Field } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import { expiresAt, LIFETIMES, type Lifetime } from './expiry';
import { KEYS_KEY } from './KeysPage';

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function NewKeyDialog({ opened, onClose }: Props) {
  const [created, setCreated] = useState<CreatedKey | null>(null);
  function close() {
    setCreated(null);
    onClose();
  }
  return (
    <Dialog
      opened={opened}
      title={created === null ? 'New key' : 'Copy the key now'}
      onClose={close}
    >
      {created === null ? (
        <NewKeyForm onCreated={setCreated} />
      ) : (
        <div className={kit.stack}>
          <p className={kit.lead}>
            This is the only time it is shown. Whoever has it can do what you can do.
          </p>
          <CopyText label={`Key ${created.name}`} text={created.key} wrap />
          <div>
            <Button onClick={close}>Done</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function NewKeyForm({ onCreated }: { onCreated: (key: CreatedKey) => void }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [lifetime, setLifetime] = useState<Lifetime>('90');
  const [day, setDay] = useState('');
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setWaiting(true);
    setProblem(null);
    try {
      const key = await createKey(transport, name.trim(), expiresAt(lifetime, day, Date.now()));
      void queryClient.invalidateQueries({ queryKey: KEYS_KEY });
      onCreated(key);
    } catch (failure) {
      setProblem(Problem.from(failure));
      setWaiting(false);
    }
  }

  return (
    <form className={kit.stack} onSubmit={submit}>
      <Field label="Name" hint="What it is for: a notebook, a job, a dashboard.">
        {(control) => (
          <input
            {...control}
            className={kit.input}
            data-autofocus
            required
            maxLength={200}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Ends">
        {(control) => (
          <select
            {...control}
            className={kit.input}
            value={lifetime}
            onChange={(event) => setLifetime(event.currentTarget.value as Lifetime)}
          >
            {LIFETIMES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {lifetime === 'date' && (
        <Field label="Last day">
          {(control) => (
            <input
              {...control}
              type="date"
              className={kit.input}
              required
              min={new Date().toISOString().slice(0, 10)}
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      {problem !== null && <Notice problem={problem} />}
      <div>
        <Button type="submit" loading={waiting}>
          Create key
        </Button>
      </div>
    </form>
  );
}
