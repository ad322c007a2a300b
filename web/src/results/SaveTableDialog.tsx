import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { randomUuid } from '../api/identifier';
import { Problem } from '../api/problem';
import { saveAsTable } from '../api/statements';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { CATALOG_KEY } from '../catalog/queries';
import { Choices } from '../kit/Choices';
import { Field } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import type { StatementRequest } from '../workbench/statementState';
import { plural } from './figures';

type Mode = 'create' | 'append' | 'replace';

interface Props {
  opened: boolean;
  request: StatementRequest;
  onClose: () => void;
  onSaved: (words: string) => void;
}

/** The server runs the statement again, as the result may have been cut. */
export function SaveTableDialog({ opened, request, onClose, onSaved }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [table, setTable] = useState('');
  const [mode, setMode] = useState<Mode>('create');
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setWaiting(true);
    setProblem(null);
    try {
      const { statement, parameters } = request;
      const id = randomUuid();
      const saved = await saveAsTable(transport, id, statement, parameters, table.trim(), mode);
      void queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
      onSaved(`${saved.table}: ${plural(saved.rows, 'row')} written`);
    } catch (failure) {
      setProblem(Problem.from(failure));
    } finally {
      setWaiting(false);
    }
  }

  return (
    <Dialog opened={opened} title="Save as a table" onClose={onClose}>
      <form className={kit.stack} onSubmit={submit}>
        <Field label="Table" hint="namespace.table, for example shop.paid_orders">
          {(control) => (
            <input
              {...control}
              className={kit.input}
              data-autofocus
              required
              autoComplete="off"
              spellCheck={false}
              value={table}
              onChange={(event) => setTable(event.currentTarget.value)}
            />
          )}
        </Field>
        <Choices
          legend="The table"
          value={mode}
          choices={[
            { value: 'create', label: 'is new' },
            { value: 'append', label: 'exists: add these rows' },
            { value: 'replace', label: 'exists: replace its rows' },
          ]}
          onChange={setMode}
        />
        {problem !== null && <Notice problem={problem} />}
        <div className={kit.row}>
          <Button type="submit" loading={waiting}>
            Save
          </Button>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
