import { useDebouncedValue } from '@mantine/hooks';
import { useId } from 'react';
import { TextField } from '../kit/Field';
import { useRoles, useUserNames } from './people';

const TYPING_PAUSE_MS = 200;

interface Props {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
}

/** A user by name, with the names there are under the field. */
export function UserField({ value, ...props }: Props) {
  const list = useId();
  const [typed] = useDebouncedValue(value, TYPING_PAUSE_MS);
  const names = useUserNames(typed);
  return (
    <>
      <TextField {...props} value={value} list={list} maxLength={300} />
      <Names id={list} names={names} />
    </>
  );
}

/** A role or a user. Where a name is both, the kind is written before it. */
export function GranteeField({ value, ...props }: Props) {
  const list = useId();
  const [typed] = useDebouncedValue(value.replace(/^(role|user):/, ''), TYPING_PAUSE_MS);
  const users = useUserNames(typed);
  const roles = useRoles().map(({ name }) => name);
  const both = new Set(users.filter((name) => roles.includes(name)));
  const named = (kind: string) => (name: string) => (both.has(name) ? `${kind}:${name}` : name);
  return (
    <>
      <TextField {...props} value={value} list={list} maxLength={300} />
      <Names id={list} names={[...roles.map(named('role')), ...users.map(named('user'))]} />
    </>
  );
}

function Names({ id, names }: { id: string; names: string[] }) {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
