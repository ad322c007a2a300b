import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createTenant, listTenants, type Named, type NewTenant } from '../api/tenants';
import { Dialog } from '../app/Dialog';
import { CopyText } from '../kit/CopyText';
import { TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { ManagePage } from '../manage/ManagePage';
import { useCurrentSession, useOperator } from '../manage/places';
import { useSession } from '../session/SessionContext';
import { QuotasCard } from '../usage/QuotasCard';

const TENANTS_KEY = ['tenants'] as const;

/** For the operator: who shares this server. */
export function TenantsPage() {
  const { transport } = useSession();
  const session = useCurrentSession();
  const operator = useOperator();
  const [creating, setCreating] = useState(false);
  const [limited, setLimited] = useState<Named | null>(null);
  const listing = useQuery({
    queryKey: [...TENANTS_KEY],
    staleTime: 0,
    queryFn: ({ signal }) => listTenants(transport, signal),
  });
  return (
    <ManagePage
      title="Tenants"
      lead="Each has its own tables, users and audit trail, and sees nothing of the others; you neither read their rows nor sign in to them."
      actions={operator && <Button onClick={() => setCreating(true)}>New tenant</Button>}
    >
      <ListFrame query={listing} empty={null}>
        <ScrollTable
          label="Tenants"
          head={
            <>
              <th>Tenant</th>
              <th>Id</th>
              <ActionsHead />
            </>
          }
        >
          {(listing.data ?? []).map((tenant) => (
            <tr key={tenant.id}>
              <th scope="row" className={kit.wrap}>
                {tenant.name}{' '}
                {tenant.id === session?.tenant.id && <span className={kit.badge}>yours</span>}
              </th>
              <td className={`${kit.code} ${kit.dim}`}>{tenant.id}</td>
              <td className={kit.number}>
                <RowButton name={`Quotas of ${tenant.name}`} onClick={() => setLimited(tenant)}>
                  Quotas
                </RowButton>
              </td>
            </tr>
          ))}
        </ScrollTable>
      </ListFrame>
      {creating && <NewTenantDialog onClose={() => setCreating(false)} />}
      {limited !== null && (
        <Dialog opened wide title={limited.name} onClose={() => setLimited(null)}>
          <QuotasCard tenant={limited.id} name={limited.name} />
        </Dialog>
      )}
    </ManagePage>
  );
}

function NewTenantDialog({ onClose }: { onClose: () => void }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [administrator, setAdministrator] = useState('');
  const [made, setMade] = useState<NewTenant | null>(null);
  if (made !== null) {
    return (
      <Dialog opened wide title={`Hand over ${made.tenant.name}`} onClose={onClose}>
        <div className={kit.stack}>
          <p className={kit.lead}>
            This is the only time that password and key are shown. Give them to whoever looks after
            the tenant.
          </p>
          <CopyText label="User name" text={made.username} wrap />
          <CopyText label="Password" text={made.password} wrap />
          <CopyText label="Key" text={made.key} wrap />
          <div>
            <Button onClick={onClose}>Done</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      opened
      title="New tenant"
      action="Create tenant"
      onSubmit={async () => {
        setMade(await createTenant(transport, name.trim(), administrator.trim()));
        await queryClient.invalidateQueries({ queryKey: TENANTS_KEY });
      }}
      onClose={onClose}
    >
      <TextField
        label="Name"
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={setName}
      />
      <TextField
        label="First administrator"
        hint="A user name that nobody has on this server."
        required
        maxLength={200}
        value={administrator}
        onChange={setAdministrator}
      />
    </FormDialog>
  );
}
