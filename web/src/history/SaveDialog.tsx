import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import {
  createSaved,
  readSaved,
  replaceSaved,
  type SavedStatement,
  type SavedStatementDraft,
} from '../api/savedStatements';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { Check } from '../kit/Choices';
import { Field } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import { SAVED_KEY } from './SavedPanel';

export interface Saving {
  draft: SavedStatementDraft;
  /** The one to write over; null for a new one. */
  over: { id: string; version: number } | null;
  /** Another has written since: the form opens with that said. */
  conflict: boolean;
}

interface Props {
  saving: Saving | null;
  onClose: () => void;
  onSaved: (saved: SavedStatement) => void;
}

export function SaveDialog({ saving, onClose, onSaved }: Props) {
  return (
    <Dialog
      opened={saving !== null}
      title={saving?.over == null ? 'Save the statement' : 'Saved statement'}
      onClose={onClose}
    >
      {saving !== null && <Form saving={saving} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

function Form({ saving, onClose, onSaved }: Props & { saving: Saving }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(saving.draft);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<SavedStatement | null>(null);
  const [waiting, setWaiting] = useState(false);
  const { over } = saving;

  useEffect(() => {
    if (saving.conflict && over !== null) {
      readSaved(transport, over.id).then(setConflict, (failure) =>
        setProblem(Problem.from(failure)),
      );
    }
  }, [transport, saving, over]);

  async function write(call: () => Promise<SavedStatement>) {
    setWaiting(true);
    setProblem(null);
    try {
      const saved = await call();
      void queryClient.invalidateQueries({ queryKey: SAVED_KEY });
      onSaved(saved);
    } catch (failure) {
      const refusal = Problem.from(failure);
      if (refusal.code === 'conflict' && over !== null) {
        setConflict(await readSaved(transport, over.id).catch(() => null));
      }
      setProblem(refusal);
      setWaiting(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const version = conflict?.version ?? over?.version ?? 0;
    void write(() =>
      over === null
        ? createSaved(transport, draft)
        : replaceSaved(transport, over.id, version, draft),
    );
  }

  return (
    <form className={kit.stack} onSubmit={submit}>
      {conflict !== null && (
        <p className={kit.mistake} role="alert">
          {conflict.name} was changed elsewhere on{' '}
          {new Date(conflict.updated_at).toLocaleString('en-GB')} (version {conflict.version}).
          Write over it, take that version, or save yours under another name.
        </p>
      )}
      <Field label="Name">
        {(control) => (
          <input
            {...control}
            className={kit.input}
            data-autofocus
            required
            maxLength={200}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Description">
        {(control) => (
          <textarea
            {...control}
            className={kit.input}
            maxLength={2000}
            value={draft.description}
            onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
          />
        )}
      </Field>
      <Check checked={draft.shared} onChange={(shared) => setDraft({ ...draft, shared })}>
        Everybody of the tenant may read it and open its link
      </Check>
      {problem !== null && conflict === null && <Notice problem={problem} />}
      <div className={kit.row}>
        <Button type="submit" loading={waiting}>
          {conflict === null ? 'Save' : 'Write over it'}
        </Button>
        {conflict !== null && (
          <>
            <Button variant="default" onClick={() => onSaved(conflict)}>
              Take that version
            </Button>
            <Button
              variant="default"
              onClick={() => void write(() => createSaved(transport, draft))}
            >
              Save as a new one
            </Button>
          </>
        )}
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
      </div>
    </form>
  );
}
