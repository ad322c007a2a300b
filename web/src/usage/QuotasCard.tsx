import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { getQuotas, type Quota, type Quotas, setQuotas } from '../api/usage';
import { Notice } from '../app/Notice';
import { TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { ProgressBar } from '../kit/ProgressBar';
import { useMay, useOperator } from '../manage/places';
import { formatBytes } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { bytesText, parseBytes } from './bytes';
import classes from './usage.module.css';

const QUOTAS_KEY = ['quotas'] as const;
const NAMES: [keyof Quota, string][] = [
  ['storage_bytes', 'Storage'],
  ['scanned_bytes_day', 'Read by statements, this day (UTC)'],
  ['scanned_bytes_month', 'Read by statements, this month (UTC)'],
];

const OF_USAGE = [{ verb: 'select', on: 'usage:*' }];

interface Props {
  /** Another tenant's, for the operator. */
  tenant?: string;
  name?: string;
}

/** What the tenant may use at most, and how much of it is used. */
export function QuotasCard({ tenant, name }: Props) {
  const { transport } = useSession();
  const operator = useOperator();
  const [editing, setEditing] = useState(false);
  const [may] = useMay(OF_USAGE);
  const quotas = useQuery({
    enabled: may === true,
    queryKey: [...QUOTAS_KEY, tenant ?? null],
    staleTime: 0,
    queryFn: ({ signal }) => getQuotas(transport, tenant ?? null, signal),
  });
  if (may !== true) {
    // One's own use can be seen without the tenant's limits.
    return null;
  }
  return (
    <section className={kit.card} style={{ marginTop: 16 }} aria-label="Quotas">
      <div className={kit.stack}>
        <div className={kit.row}>
          <h2 className={kit.cardTitle}>Quotas{name === undefined ? '' : ` of ${name}`}</h2>
          {operator && quotas.data !== undefined && (
            <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
              Set…
            </Button>
          )}
        </div>
        {quotas.error !== null && <Notice problem={Problem.from(quotas.error)} />}
        {quotas.data !== undefined && <Standing quotas={quotas.data} />}
      </div>
      {editing && quotas.data !== undefined && (
        <QuotasDialog
          tenant={tenant ?? null}
          quotas={quotas.data}
          onClose={() => setEditing(false)}
        />
      )}
    </section>
  );
}

function Standing({ quotas }: { quotas: Quotas }) {
  return (
    <div className={classes.quotas}>
      {NAMES.map(([name, label]) => {
        const limit = quotas[name];
        const used = quotas.used[name];
        return (
          <div key={name} className={classes.quota}>
            <span>
              {label}: {formatBytes(used)}{' '}
              {limit === null ? (
                <span className={kit.dim}>without a limit</span>
              ) : (
                `of ${formatBytes(limit)}`
              )}
            </span>
            {limit !== null && (
              <ProgressBar label={label} fraction={limit === 0 ? 1 : used / limit} />
            )}
          </div>
        );
      })}
    </div>
  );
}

interface DialogProps {
  tenant: string | null;
  quotas: Quotas;
  onClose: () => void;
}

function QuotasDialog({ tenant, quotas, onClose }: DialogProps) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(NAMES.map(([name]) => [name, bytesText(quotas[name])])),
  );
  const wanted = NAMES.map(([name]) => parseBytes(texts[name] ?? ''));
  return (
    <FormDialog
      opened
      title="Set quotas"
      action="Save"
      ready={wanted.every((bytes) => bytes !== undefined)}
      onSubmit={async () => {
        const [storage, day, month] = wanted;
        await setQuotas(transport, tenant, {
          storage_bytes: storage ?? null,
          scanned_bytes_day: day ?? null,
          scanned_bytes_month: month ?? null,
        });
        await queryClient.invalidateQueries({ queryKey: QUOTAS_KEY });
        onClose();
      }}
      onClose={onClose}
    >
      {NAMES.map(([name, label]) => (
        <TextField
          key={name}
          label={label}
          hint="Such as 500 GB or 2 TB; empty is no limit."
          value={texts[name] ?? ''}
          onChange={(text) => setTexts({ ...texts, [name]: text })}
        />
      ))}
    </FormDialog>
  );
}
