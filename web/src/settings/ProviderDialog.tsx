import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type IdentityProvider, putProvider } from '../api/identityProviders';
import { Check } from '../kit/Choices';
import { Field, TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import { RolesPicker } from '../users/RolesPicker';
import { PROVIDERS_KEY } from './ProvidersCard';
import { mappingText, parseMapping } from './roleMapping';

interface Props {
  /** Null for a new one. */
  provider: IdentityProvider | null;
  onClose: () => void;
}

export function ProviderDialog({ provider, onClose }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(provider?.name ?? '');
  const [issuer, setIssuer] = useState(provider?.issuer ?? '');
  const [clientId, setClientId] = useState(provider?.client_id ?? '');
  const [secret, setSecret] = useState('');
  const [audience, setAudience] = useState(provider?.audience ?? '');
  const [claim, setClaim] = useState(provider?.roles_claim ?? '');
  const [mapping, setMapping] = useState(() => mappingText(provider?.role_mapping ?? {}));
  const [defaults, setDefaults] = useState(provider?.default_roles ?? []);
  const [justInTime, setJustInTime] = useState(provider?.just_in_time ?? false);
  const [shown, setShown] = useState(provider?.shown ?? true);
  const roles = parseMapping(mapping);

  async function save() {
    await putProvider(transport, name.trim(), {
      issuer: issuer.trim(),
      client_id: clientId.trim(),
      ...(secret === '' ? {} : { client_secret: secret }),
      ...(audience.trim() === '' ? {} : { audience: audience.trim() }),
      ...(provider === null ? {} : { scopes: provider.scopes }),
      ...(claim.trim() === '' ? {} : { roles_claim: claim.trim() }),
      role_mapping: roles ?? {},
      default_roles: defaults,
      just_in_time: justInTime,
      shown,
    });
    await queryClient.invalidateQueries({ queryKey: PROVIDERS_KEY });
    onClose();
  }

  return (
    <FormDialog
      opened
      title={provider === null ? 'New identity provider' : `Change ${provider.name}`}
      action="Save"
      wide
      ready={roles !== null}
      onSubmit={save}
      onClose={onClose}
    >
      {provider === null && (
        <TextField
          label="Name"
          hint="Small letters, digits and -; the button to sign in says it."
          pattern="[a-z0-9][a-z0-9\-]*"
          data-autofocus
          required
          maxLength={50}
          value={name}
          onChange={setName}
        />
      )}
      <TextField
        label="Issuer"
        hint="Its address, as its tokens have it in iss."
        type="url"
        placeholder="https://id.example.org"
        required
        value={issuer}
        onChange={setIssuer}
      />
      <div className={kit.fields}>
        <TextField label="Client id" required value={clientId} onChange={setClientId} />
        <TextField
          label="Client secret"
          type="password"
          maxLength={500}
          placeholder={provider?.has_client_secret === true ? 'as it is' : ''}
          value={secret}
          onChange={setSecret}
        />
        <TextField
          label="Audience of bearer tokens"
          placeholder="the client id"
          value={audience}
          onChange={setAudience}
        />
        <TextField
          label="Claim with roles"
          hint="Such as groups or realm_access.roles; without it roles are given here."
          value={claim}
          onChange={setClaim}
        />
      </div>
      <Field
        label="Roles by those words"
        hint="A line each: their word = a role of ours. Other words count for nothing."
      >
        {(control) => (
          <textarea
            {...control}
            className={kit.input}
            rows={3}
            spellCheck={false}
            placeholder={'data-team = Analyst'}
            value={mapping}
            onChange={(event) => setMapping(event.currentTarget.value)}
          />
        )}
      </Field>
      <RolesPicker
        legend="Roles of whoever’s token names none; without any, they are refused"
        value={defaults}
        onChange={setDefaults}
      />
      <Check checked={justInTime} onChange={setJustInTime}>
        Whoever signs in for the first time becomes a user; else only users with the same e-mail
        address come in
      </Check>
      <Check checked={shown} onChange={setShown}>
        The sign-in page offers it to everybody
      </Check>
    </FormDialog>
  );
}
