import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROLES_KEY, USERS_KEY } from '../access/people';
import { createUser } from '../api/users';
import { Dialog } from '../app/Dialog';
import { CopyText } from '../kit/CopyText';
import { TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { May } from '../manage/May';
import { useSession } from '../session/SessionContext';
import { newPassword } from './newPassword';
import { PasswordChoice, type PasswordKind } from './PasswordChoice';
import { RolesPicker } from './RolesPicker';

interface Handed {
  name: string;
  password: string;
}

export function NewUserDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [handed, setHanded] = useState<Handed | null>(null);
  function close() {
    setHanded(null);
    onClose();
  }
  if (!opened) {
    return null;
  }
  return handed === null ? (
    <NewUserForm onMade={(made) => (made === null ? close() : setHanded(made))} onClose={close} />
  ) : (
    <HandOver handed={handed} onClose={close} />
  );
}

/** The only time that the server's and the browser's memory have the password in words. */
export function HandOver({ handed, onClose }: { handed: Handed; onClose: () => void }) {
  return (
    <Dialog opened title="Copy the password now" onClose={onClose}>
      <div className={kit.stack}>
        <p className={kit.lead}>
          This is the only time it is shown. {handed.name} can change it under Account.
        </p>
        <CopyText label="User name" text={handed.name} wrap />
        <CopyText label="Password" text={handed.password} wrap />
        <div>
          <Button onClick={onClose}>Done</Button>
        </div>
      </div>
    </Dialog>
  );
}

interface FormProps {
  /** Null when there is no password to hand over. */
  onMade: (handed: Handed | null) => void;
  onClose: () => void;
}

function NewUserForm({ onMade, onClose }: FormProps) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const [kind, setKind] = useState<PasswordKind>('generated');
  const [typed, setTyped] = useState('');

  async function create() {
    const password = kind === 'generated' ? newPassword() : kind === 'typed' ? typed : null;
    const user = await createUser(transport, {
      name: name.trim(),
      roles,
      ...(password === null ? {} : { password }),
      ...(email.trim() === '' ? {} : { email: email.trim() }),
      ...(firstName.trim() === '' ? {} : { first_name: firstName.trim() }),
      ...(lastName.trim() === '' ? {} : { last_name: lastName.trim() }),
    });
    void queryClient.invalidateQueries({ queryKey: USERS_KEY });
    void queryClient.invalidateQueries({ queryKey: ROLES_KEY });
    onMade(kind === 'generated' && password !== null ? { name: user.name, password } : null);
  }

  return (
    <FormDialog
      opened
      title="New user"
      action="Create user"
      wide
      onSubmit={create}
      onClose={onClose}
    >
      <div className={kit.fields}>
        <TextField
          label="User name"
          data-autofocus
          required
          maxLength={200}
          value={name}
          onChange={setName}
        />
        <TextField label="E-mail" type="email" maxLength={300} value={email} onChange={setEmail} />
        <TextField label="First name" maxLength={200} value={firstName} onChange={setFirstName} />
        <TextField label="Last name" maxLength={200} value={lastName} onChange={setLastName} />
      </div>
      <May verb="manage" on="user:*">
        <RolesPicker
          legend="Roles (Viewer, when none is chosen)"
          value={roles}
          onChange={setRoles}
        />
      </May>
      <PasswordChoice
        optional
        kind={kind}
        password={typed}
        onKind={setKind}
        onPassword={setTyped}
      />
    </FormDialog>
  );
}
