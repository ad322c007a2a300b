import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import classes from './kit.module.css';

interface Props {
  opened: boolean;
  title: string;
  action: string;
  wide?: boolean;
  /** For what cannot be undone: the button that does it is red. */
  danger?: boolean;
  /** What the button that does nothing says, and whether it has the focus at first. */
  cancel?: { label: string; focused: boolean };
  ready?: boolean;
  onSubmit: () => Promise<void>;
  onClose: () => void;
  /** The fields; they are made anew whenever the dialog opens. */
  children: ReactNode;
}

/** Fields and a button; a refusal is shown where it was asked, and the fields keep what was typed. */
export function FormDialog(props: Props) {
  const { opened, title, action, wide = false, danger = false, cancel, children } = props;
  const { ready = true, onSubmit, onClose } = props;
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    if (opened) {
      setProblem(null);
      setWaiting(false);
    }
  }, [opened]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready || waiting) {
      return;
    }
    setWaiting(true);
    setProblem(null);
    try {
      await onSubmit();
    } catch (failure) {
      setProblem(Problem.from(failure));
    } finally {
      setWaiting(false);
    }
  }

  return (
    <Dialog opened={opened} title={title} wide={wide} onClose={onClose}>
      <form className={classes.stack} onSubmit={submit}>
        {children}
        {problem !== null && <Notice problem={problem} />}
        <div className={classes.row}>
          <Button
            type="submit"
            {...(danger ? { color: 'red.8' } : {})}
            disabled={!ready}
            loading={waiting}
          >
            {action}
          </Button>
          {cancel !== undefined && (
            <Button
              variant="default"
              onClick={onClose}
              {...(cancel.focused ? { 'data-autofocus': true } : {})}
            >
              {cancel.label}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
