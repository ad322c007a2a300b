import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PolicyPlace } from '../api/upkeep';
import { namespacesQuery } from '../catalog/queries';
import { SelectField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import { PolicyCard } from './PolicyCard';

/** The policies of all tables and of namespaces; a table's own is on its page. */
export function Policies() {
  const { transport } = useSession();
  const namespaces = useQuery(namespacesQuery(transport));
  const [namespace, setNamespace] = useState('');
  const place: PolicyPlace =
    namespace === '' ? { kind: 'tenant' } : { kind: 'namespace', name: namespace };
  return (
    <div className={kit.stack}>
      <SelectField
        label="Policy of"
        hint="A table’s own policy is on its page, under Upkeep."
        value={namespace}
        options={[
          ['', 'all tables'],
          ...(namespaces.data?.items ?? []).map(({ name }) => [name, `tables of ${name}`] as const),
        ]}
        onChange={setNamespace}
      />
      <PolicyCard key={namespace} place={place} />
    </div>
  );
}
