import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import page from '../../../docs/engines.md?raw';
import type { Table } from '../api/catalog';
import { type CreatedKey, createKey } from '../api/keys';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import { expiresAt } from '../keys/expiry';
import { KEYS_KEY } from '../keys/KeysPage';
import { CopyText } from '../kit/CopyText';
import { SelectField, TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import { attached, type Engine, enginesOf, readingText } from './engines';

const ENGINES = enginesOf(page);

const LIFETIMES = [
  ['7', 'In 7 days'],
  ['30', 'In 30 days'],
  ['90', 'In 90 days'],
] as const;

type Lifetime = (typeof LIFETIMES)[number][0];

/** Every engine's block; a key that was made here is in all of them until the page is left. */
export function EngineBlocks({ table }: { table: Table }) {
  const [key, setKey] = useState<CreatedKey | null>(null);
  return (
    <>
      <section className={kit.card} aria-label="Key">
        <div className={kit.stack}>
          <h2 className={kit.cardTitle}>Key</h2>
          {key === null ? (
            <KeyForm table={table} onCreated={setKey} />
          ) : (
            <>
              <p className={kit.lead} role="status">
                This is the only time it is shown; it is in the texts below until you leave this
                page. Whoever has it can do what {key.user.name} can do
                {key.expires_at === null ? '' : `, until ${key.expires_at.slice(0, 10)}`}.
              </p>
              <CopyText label={`Key ${key.name}`} text={key.key} wrap />
            </>
          )}
        </div>
      </section>
      {ENGINES.map((engine) => (
        <EngineCard key={engine.id} engine={engine} table={table} secret={key?.key ?? null} />
      ))}
    </>
  );
}

interface CardProps {
  engine: Engine;
  table: Table;
  secret: string | null;
}

function EngineCard({ engine, table, secret }: CardProps) {
  return (
    <section className={kit.card} aria-label={engine.label}>
      <div className={kit.stack}>
        <h2 className={kit.cardTitle}>{engine.label}</h2>
        {engine.note !== '' && <p className={kit.lead}>{engine.note}</p>}
        <CopyText
          label={`Attach: ${engine.label}`}
          text={attached(engine, location.origin, secret)}
        />
        <CopyText
          label={`Then read: ${engine.label}`}
          text={readingText(engine.id, table.namespace, table.table)}
        />
      </div>
    </section>
  );
}

interface FormProps {
  table: Table;
  onCreated: (key: CreatedKey) => void;
}

function KeyForm({ table, onCreated }: FormProps) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(`engine for ${table.namespace}.${table.table}`.slice(0, 200));
  const [lifetime, setLifetime] = useState<Lifetime>('30');
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function create(event: FormEvent) {
    event.preventDefault();
    setWaiting(true);
    setProblem(null);
    try {
      const expires = expiresAt(lifetime, '', Date.now());
      onCreated(await createKey(transport, { name: name.trim(), expires_at: expires }));
      void queryClient.invalidateQueries({ queryKey: KEYS_KEY });
    } catch (failure) {
      setProblem(Problem.from(failure));
      setWaiting(false);
    }
  }

  return (
    <form className={kit.stack} onSubmit={(event) => void create(event)}>
      <p className={kit.lead}>
        An engine shows a key. One that is made here has your own rights and stands in the texts
        below.
      </p>
      <div className={kit.fields}>
        <TextField
          label="Name of the key"
          required
          maxLength={200}
          value={name}
          onChange={setName}
        />
        <SelectField label="It ends" value={lifetime} options={LIFETIMES} onChange={setLifetime} />
      </div>
      {problem !== null && <Notice problem={problem} />}
      <div>
        <Button type="submit" disabled={name.trim() === ''} loading={waiting}>
          Make a key
        </Button>
      </div>
    </form>
  );
}
