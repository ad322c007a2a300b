import { type ReactNode, useEffect, useState } from 'react';
import { TextField } from './Field';
import { FormDialog } from './FormDialog';
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

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: Props) {
  const { opened, title, action, typed, onConfirm, onClose, children } = props;
  const [text, setText] = useState('');

  useEffect(() => {
    if (opened) {
      setText('');
    }
  }, [opened]);

  return (
    <FormDialog
      opened={opened}
      title={title}
      action={action}
      danger
      cancel={{ label: 'Keep it', focused: typed === undefined }}
      ready={typed === undefined || text === typed}
      onSubmit={onConfirm}
      onClose={onClose}
    >
      <div className={classes.wrap}>{children}</div>
      {typed !== undefined && (
        <TextField
          label={`Type ${typed} to confirm`}
          data-autofocus
          value={text}
          onChange={setText}
        />
      )}
    </FormDialog>
  );
}
