import { Choices } from '../kit/Choices';
import { TextField } from '../kit/Field';

export type PasswordKind = 'generated' | 'typed' | 'none';

interface Props {
  kind: PasswordKind;
  password: string;
  /** Of a user who may have none. */
  optional?: boolean;
  onKind: (kind: PasswordKind) => void;
  onPassword: (password: string) => void;
}

/** The password is shown: whoever types it has to hand it over. */
export function PasswordChoice({ kind, password, optional = false, onKind, onPassword }: Props) {
  return (
    <>
      <Choices
        legend="Password"
        value={kind}
        onChange={onKind}
        choices={[
          { value: 'generated', label: 'Make one, and show it once' },
          { value: 'typed', label: 'Type one' },
          ...(optional
            ? [{ value: 'none' as const, label: 'None: keys or an identity provider sign in' }]
            : []),
        ]}
      />
      {kind === 'typed' && (
        <TextField
          label="The password"
          hint="At least 8 characters."
          required
          minLength={8}
          maxLength={200}
          value={password}
          onChange={onPassword}
        />
      )}
    </>
  );
}
