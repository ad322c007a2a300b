import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { Choices } from '../kit/Choices';
import { SelectField, TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { isReady, KINDS, type SecretKind, type Source } from './wanted';

const SECRETS: readonly (readonly [SecretKind, string])[] = [
  ['none', 'Nothing'],
  ['token', 'A bearer token'],
  ['credential', 'id:secret, for a token'],
];

const ROOTS = 'As the server sees it, in a folder that the operator granted (tarn.storage.roots).';

interface Props {
  source: Source;
  waiting: boolean;
  onChange: (change: Partial<Source>) => void;
  onSubmit: () => void;
}

export function SourceForm({ source, waiting, onChange, onSubmit }: Props) {
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form className={kit.card} aria-label="Where the tables are" onSubmit={submit}>
      <div className={kit.stack}>
        <Choices
          legend="Where the tables are"
          value={source.kind}
          choices={KINDS.map(([value, label]) => ({ value, label }))}
          onChange={(kind) => onChange({ kind })}
        />
        {source.kind === 'metadata_file' && (
          <div className={kit.fields}>
            <TextField
              label="Metadata file"
              hint={ROOTS}
              required
              placeholder="/srv/lake/sales/orders/metadata/v3.metadata.json"
              value={source.file}
              onChange={(file) => onChange({ file })}
            />
            <TextField
              label="Name here"
              hint="namespace.table"
              required
              value={source.name}
              onChange={(name) => onChange({ name })}
            />
          </div>
        )}
        {source.kind === 'hadoop' && (
          <TextField
            label="Folder"
            hint={ROOTS}
            required
            placeholder="/srv/lake"
            value={source.folder}
            onChange={(folder) => onChange({ folder })}
          />
        )}
        {source.kind === 'rest' && <RestFields source={source} onChange={onChange} />}
        {source.kind !== 'metadata_file' && (
          <div className={kit.fields}>
            <TextField
              label="Only these namespaces"
              hint="With commas between them; all when empty."
              value={source.namespaces}
              onChange={(namespaces) => onChange({ namespaces })}
            />
            <TextField
              label="Put them under"
              hint="A namespace here; at the top when empty."
              value={source.into}
              onChange={(into) => onChange({ into })}
            />
          </div>
        )}
        <div>
          <Button type="submit" disabled={!isReady(source)} loading={waiting}>
            Look what is there
          </Button>
        </div>
      </div>
    </form>
  );
}

function RestFields({ source, onChange }: Pick<Props, 'source' | 'onChange'>) {
  return (
    <div className={kit.fields}>
      <TextField
        label="Address"
        hint="What /v1 follows. Private addresses must be allowed by the operator."
        required
        placeholder="https://catalog.example.com/iceberg"
        value={source.address}
        onChange={(address) => onChange({ address })}
      />
      <TextField
        label="Warehouse"
        value={source.warehouse}
        onChange={(warehouse) => onChange({ warehouse })}
      />
      <SelectField
        label="It wants"
        value={source.secretKind}
        options={SECRETS}
        onChange={(secretKind) => onChange({ secretKind })}
      />
      {source.secretKind !== 'none' && (
        <TextField
          label={source.secretKind === 'token' ? 'Token' : 'Credential'}
          hint="Kept encrypted while it is used, and then forgotten. secret:NAME takes a stored one."
          type="password"
          autoComplete="new-password"
          required
          value={source.secret}
          onChange={(secret) => onChange({ secret })}
        />
      )}
    </div>
  );
}
