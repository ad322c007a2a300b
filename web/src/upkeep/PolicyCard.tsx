import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { getPolicy, type PolicyPlace, putPolicy, type UpkeepPolicy } from '../api/upkeep';
import { Notice } from '../app/Notice';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { ScrollTable } from '../kit/ScrollTable';
import { May } from '../manage/May';
import { useSession } from '../session/SessionContext';
import { PolicyFields } from './PolicyFields';
import { policyOf, settingsOf } from './policyForm';

export const POLICY_KEY = ['upkeep-policy'] as const;

const CATALOG = 'catalog:iceberg';

function resourceOf(place: PolicyPlace): string {
  switch (place.kind) {
    case 'table':
      return `table:${place.name}`;
    case 'namespace':
      return `namespace:iceberg.${place.name}`;
    case 'tenant':
      return CATALOG;
  }
}

const OF: Record<PolicyPlace['kind'], string> = {
  table: 'this table',
  namespace: 'the tables of this namespace',
  tenant: 'all tables',
};

const WIDER: Record<PolicyPlace['kind'], string> = {
  table: 'as the namespace, all tables or the defaults have it',
  namespace: 'as all tables or the defaults have it',
  tenant: 'as the defaults have it',
};

/** How tables are looked after by themselves: what is true, whence, and the way to change it. */
export function PolicyCard({ place }: { place: PolicyPlace }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const key = [...POLICY_KEY, place];
  const policy = useQuery({
    queryKey: key,
    staleTime: 0,
    queryFn: ({ signal }) => getPolicy(transport, place, signal),
  });

  async function put(wanted: UpkeepPolicy['policy']) {
    queryClient.setQueryData(key, await putPolicy(transport, place, wanted));
    await queryClient.invalidateQueries({ queryKey: POLICY_KEY });
  }

  async function reset() {
    setProblem(null);
    try {
      await put({});
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
  }

  const says = Object.keys(policy.data?.policy ?? {}).length > 0;
  return (
    <section className={kit.card} aria-label="Policy">
      <div className={kit.stack}>
        <div className={kit.row}>
          <h2 className={kit.cardTitle}>By itself</h2>
          {policy.data !== undefined && (
            <May verb="manage" on={resourceOf(place)}>
              <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
                Change…
              </Button>
              {says && (
                <Button variant="default" size="compact-sm" onClick={() => void reset()}>
                  Take away what is said here
                </Button>
              )}
            </May>
          )}
        </div>
        <p className={kit.lead}>
          How the server looks after {OF[place.kind]}. What is not said here is {WIDER[place.kind]}.
        </p>
        {problem !== null && <Notice problem={problem} />}
        <ListFrame query={policy} empty={null}>
          {policy.data !== undefined && <Standing policy={policy.data} />}
        </ListFrame>
      </div>
      {editing && policy.data !== undefined && (
        <PolicyDialog
          title={`How ${OF[place.kind]} ${place.kind === 'table' ? 'is' : 'are'} looked after`}
          policy={policy.data}
          onSave={put}
          onClose={() => setEditing(false)}
        />
      )}
    </section>
  );
}

function Standing({ policy }: { policy: UpkeepPolicy }) {
  return (
    <ScrollTable
      label="Settings"
      head={
        <>
          <th>Setting</th>
          <th>Now</th>
          <th>Said</th>
          <th>What it is</th>
        </>
      }
    >
      {settingsOf(policy).map(({ name, label, holds, said, description }) => (
        <tr key={name}>
          <th scope="row">{label}</th>
          <td className={kit.nowrap}>{holds}</td>
          <td className={kit.nowrap}>
            {said === '' ? (
              <span className={kit.dim}>elsewhere</span>
            ) : (
              <span className={kit.badge} data-tone="good">
                here
              </span>
            )}
          </td>
          <td className={kit.dim}>{description}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}

interface DialogProps {
  title: string;
  policy: UpkeepPolicy;
  onSave: (policy: UpkeepPolicy['policy']) => Promise<void>;
  onClose: () => void;
}

function PolicyDialog({ title, policy, onSave, onClose }: DialogProps) {
  const settings = settingsOf(policy);
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(settings.map(({ name, said }) => [name, said])),
  );
  const wanted = policyOf(settings, texts);
  return (
    <FormDialog
      opened
      wide
      title={title}
      action="Save"
      cancel={{ label: 'Close', focused: false }}
      ready={wanted !== undefined}
      onSubmit={async () => {
        if (wanted !== undefined) {
          await onSave(wanted);
          onClose();
        }
      }}
      onClose={onClose}
    >
      <p className={kit.lead}>An empty field says nothing, and a wider place is asked.</p>
      <PolicyFields settings={settings} texts={texts} onChange={setTexts} />
    </FormDialog>
  );
}
