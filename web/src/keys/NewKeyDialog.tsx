import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { UserField } from '../access/PeopleFields';
import { useRoles } from '../access/people';
import { type CreatedKey, createKey } from '../api/keys';
import { Dialog } from '../app/Dialog';
import { CopyText } from '../kit/CopyText';
import { SelectField, TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { May } from '../manage/May';
import { useCurrentSession, useMay } from '../manage/places';
import { useSession } from '../session/SessionContext';
import { expiresAt, LIFETIMES, type Lifetime } from './expiry';
import { KEYS_KEY } from './KeysPage';
import { Restrictions } from './Restrictions';
import { OWN_RIGHTS, PREFIXES, RATE_PLANS } from './wantedKey';

const OF_OTHERS = { verb: 'manage', on: 'key:*' };

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
  if (!opened) {
    return null;
  }
  return created === null ? (
    <NewKeyForm onCreated={setCreated} onClose={close} />
  ) : (
    <Dialog opened title="Copy the key now" onClose={close}>
      <div className={kit.stack}>
        <p className={kit.lead}>
          This is the only time it is shown. Whoever has it can do what {created.user.name} can do
          {created.role == null ? '' : ` as ${created.role}`}
          {created.restricted_to == null ? '' : `, on ${created.restricted_to.join(', ')} alone`}.
        </p>
        <CopyText label={`Key ${created.name}`} text={created.key} wrap />
        <div>
          <Button onClick={close}>Done</Button>
        </div>
      </div>
    </Dialog>
  );
}

interface FormProps {
  onCreated: (key: CreatedKey) => void;
  onClose: () => void;
}

function NewKeyForm({ onCreated, onClose }: FormProps) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [lifetime, setLifetime] = useState<Lifetime>('90');
  const [day, setDay] = useState('');
  const [user, setUser] = useState('');
  const [role, setRole] = useState('');
  const [plan, setPlan] = useState('');
  const [prefix, setPrefix] = useState('');
  const [restricted, setRestricted] = useState<string[] | null>(null);
  const roles = useRoleNames();

  async function create() {
    const key = await createKey(transport, {
      name: name.trim(),
      expires_at: expiresAt(lifetime, day, Date.now()),
      ...(user.trim() === '' ? {} : { user: user.trim() }),
      ...(role === '' ? {} : { role }),
      ...(plan === '' ? {} : { rate_plan: plan }),
      ...(prefix === '' ? {} : { prefix }),
      ...(restricted === null ? {} : { restricted_to: restricted }),
    });
    void queryClient.invalidateQueries({ queryKey: KEYS_KEY });
    onCreated(key);
  }

  return (
    <FormDialog
      opened
      title="New key"
      action="Create key"
      wide
      ready={restricted === null || restricted.length > 0}
      onSubmit={create}
      onClose={onClose}
    >
      <TextField
        label="Name"
        hint="What it is for: a notebook, a job, a dashboard."
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={setName}
      />
      <div className={kit.fields}>
        <SelectField
          label="Ends"
          value={lifetime}
          options={LIFETIMES.map(({ value, label }) => [value, label] as const)}
          onChange={setLifetime}
        />
        {lifetime === 'date' && (
          <TextField
            label="Last day"
            type="date"
            required
            min={new Date().toISOString().slice(0, 10)}
            value={day}
            onChange={setDay}
          />
        )}
        <May {...OF_OTHERS}>
          <UserField label="User" hint="You, when empty." value={user} onChange={setUser} />
        </May>
        <SelectField
          label="Rights"
          value={role}
          options={[OWN_RIGHTS, ...roles.map((one) => [one, `as ${one} alone`] as const)]}
          onChange={setRole}
        />
        <SelectField label="Rate plan" value={plan} options={RATE_PLANS} onChange={setPlan} />
        <SelectField label="Begins with" value={prefix} options={PREFIXES} onChange={setPrefix} />
      </div>
      <Restrictions value={restricted} onChange={setRestricted} />
    </FormDialog>
  );
}

/** All roles for whoever makes keys for others too, one's own for everybody else. */
function useRoleNames(): string[] {
  const roles = useRoles();
  const session = useCurrentSession();
  const [others] = useMay([OF_OTHERS]);
  return others === true ? roles.map(({ name }) => name) : (session?.roles ?? []);
}
