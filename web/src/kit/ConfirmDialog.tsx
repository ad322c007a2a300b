import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { Field } from './Field';
import classes from './kit.module.css';

interface Props {
  opened: boolean;
  title: string;
  action: string;
  /** What has to be typed before the action can be taken. */
  typed?: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** Asks before what cannot be undone; a refusal is shown where it was asked. */
export function ConfirmDialog(props: Props) {
  const { opened, title, action, typed, onConfirm, onClose, children } = props;
  const [text, setText] = useState('');
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    if (opened) {
      setText('');
      setProblem(null);
      setWaiting(false);
    }
  }, [opened]);

  const ready = typed === undefined || text === typed;
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready || waiting) {
      return;
    }
    setWaiting(true);
    setProblem(null);
    try {
      await onConfirm();
    } catch (failure) {
      setProblem(Problem.from(failure));
      setWaiting(false);
    }
  }

  return (
    <Dialog opened={opened} title={title} onClose={onClose}>
      <form className={classes.stack} onSubmit={submit}>
        <div className={classes.wrap}>{children}</div>
        {typed !== undefined && (
          <Field label={`Type ${typed} to confirm`}>
            {(control) => (
              <input
                {...control}
                className={classes.input}
                data-autofocus
                autoComplete="off"
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
        {problem !== null && <Notice problem={problem} />}
        <div className={classes.row}>
          <Button type="submit" color="red.8" disabled={!ready} loading={waiting}>
            {action}
          </Button>
          <Button
            variant="default"
            onClick={onClose}
            {...(typed === undefined ? { 'data-autofocus': true } : {})}
          >
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
