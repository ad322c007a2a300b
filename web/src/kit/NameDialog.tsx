import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { TextField } from './Field';
import { FormDialog } from './FormDialog';

interface Props {
  title: string;
  action: string;
  hint?: string;
  maxLength: number;
  create: (name: string) => Promise<unknown>;
  /** The lists that are read anew afterwards. */
  listed: QueryKey;
  onClose: () => void;
}

/** Makes something that has a name and nothing else. */
export function NameDialog(props: Props) {
  const { title, action, hint, maxLength, create, listed, onClose } = props;
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  return (
    <FormDialog
      opened
      title={title}
      action={action}
      onSubmit={async () => {
        await create(name.trim());
        await queryClient.invalidateQueries({ queryKey: listed });
        onClose();
      }}
      onClose={onClose}
    >
      <TextField
        label="Name"
        {...(hint === undefined ? {} : { hint })}
        data-autofocus
        required
        maxLength={maxLength}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
