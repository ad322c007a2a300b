import classes from './SignIn.module.css';

export type CredentialKindName = 'key' | 'password';

const KINDS: { name: CredentialKindName; label: string }[] = [
  { name: 'key', label: 'Key' },
  { name: 'password', label: 'Password' },
];

interface Props {
  kind: CredentialKindName;
  onChange: (kind: CredentialKindName) => void;
}

export function CredentialKind({ kind, onChange }: Props) {
  return (
    <fieldset className={classes.kinds}>
      <legend className={classes.legend}>Sign in with</legend>
      {KINDS.map(({ name, label }) => (
        <label key={name} className={classes.kind} data-selected={kind === name || undefined}>
          <input
            type="radio"
            name="credential"
            value={name}
            checked={kind === name}
            onChange={() => onChange(name)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
