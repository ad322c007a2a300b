import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROLES_KEY, USERS_KEY } from '../access/people';
import { changeUser, setPassword, setRoles, type User } from '../api/users';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import { HandOver } from './NewUserDialog';
import { newPassword } from './newPassword';
import { PasswordChoice, type PasswordKind } from './PasswordChoice';
import { RolesPicker } from './RolesPicker';

export type UserAction = 'profile' | 'roles' | 'password' | 'active';

interface Props {
  user: User;
  onClose: () => void;
}

/** What is done to one user. */
export function UserDialog({ action, ...props }: Props & { action: UserAction }) {
  switch (action) {
    case 'profile':
      return <ProfileDialog {...props} />;
    case 'roles':
      return <RolesDialog {...props} />;
    case 'password':
      return <PasswordDialog {...props} />;
    case 'active':
      return <ActiveDialog {...props} />;
  }
}

/** Lists are read anew after a change. */
function useChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    void queryClient.invalidateQueries({ queryKey: ROLES_KEY });
    await queryClient.invalidateQueries({ queryKey: USERS_KEY });
  };
}

function ProfileDialog({ user, onClose }: Props) {
  const { transport } = useSession();
  const changed = useChanged();
  const [email, setEmail] = useState(user.email ?? '');
  const [firstName, setFirstName] = useState(user.first_name ?? '');
  const [lastName, setLastName] = useState(user.last_name ?? '');
  return (
    <FormDialog
      opened
      title={`Profile of ${user.name}`}
      action="Save"
      onSubmit={async () => {
        await changeUser(transport, user.id, {
          email: email.trim(),
          first_name: firstName.trim(),
          last_name: lastName.trim(),
        });
        await changed();
        onClose();
      }}
      onClose={onClose}
    >
      <TextField
        label="E-mail"
        type="email"
        data-autofocus
        maxLength={300}
        value={email}
        onChange={setEmail}
      />
      <TextField label="First name" maxLength={200} value={firstName} onChange={setFirstName} />
      <TextField label="Last name" maxLength={200} value={lastName} onChange={setLastName} />
    </FormDialog>
  );
}

function RolesDialog({ user, onClose }: Props) {
  const { transport } = useSession();
  const changed = useChanged();
  const [roles, setWanted] = useState(user.roles);
  return (
    <FormDialog
      opened
      title={`Roles of ${user.name}`}
      action="Save"
      onSubmit={async () => {
        await setRoles(transport, user.id, roles);
        await changed();
        onClose();
      }}
      onClose={onClose}
    >
      <RolesPicker value={roles} onChange={setWanted} />
    </FormDialog>
  );
}

function PasswordDialog({ user, onClose }: Props) {
  const { transport } = useSession();
  const [kind, setKind] = useState<PasswordKind>('generated');
  const [typed, setTyped] = useState('');
  const [made, setMade] = useState<string | null>(null);
  if (made !== null) {
    return <HandOver handed={{ name: user.name, password: made }} onClose={onClose} />;
  }
  return (
    <FormDialog
      opened
      title={`Password of ${user.name}`}
      action="Set password"
      onSubmit={async () => {
        const password = kind === 'generated' ? newPassword() : typed;
        await setPassword(transport, user.id, password);
        if (kind === 'generated') {
          setMade(password);
        } else {
          onClose();
        }
      }}
      onClose={onClose}
    >
      <p className={kit.lead}>The one before ends, and with it the user’s sessions.</p>
      <PasswordChoice kind={kind} password={typed} onKind={setKind} onPassword={setTyped} />
    </FormDialog>
  );
}

function ActiveDialog({ user, onClose }: Props) {
  const { transport } = useSession();
  const changed = useChanged();
  return (
    <ConfirmDialog
      opened
      title={`${user.active ? 'Disable' : 'Enable'} ${user.name}?`}
      action={user.active ? 'Disable' : 'Enable'}
      onConfirm={async () => {
        await changeUser(transport, user.id, { active: !user.active });
        await changed();
        onClose();
      }}
      onClose={onClose}
    >
      {user.active
        ? 'Sessions and keys of the user are refused from now on. Tables, grants and roles stay, and the user can be enabled again.'
        : 'The user signs in again, and its keys work again.'}
    </ConfirmDialog>
  );
}
