import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type Grant, listGrants } from '../api/grants';
import type { Role } from '../api/roles';
import type { TableDetail } from '../api/tables';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { useMay } from '../manage/places';
import { useSession } from '../session/SessionContext';
import { GrantDialog } from './GrantDialog';
import { GrantsTable } from './GrantsTable';
import { GRANTS_KEY, grantsQuery } from './grantsQuery';
import { useRoles } from './people';
import { holders } from './resource';
import { WhyAnswer } from './WhyAnswer';
import { WhyForm } from './WhyForm';

/** Who may do what with a table: grants on it and on what holds it, roles, and the answer to "why?". */
export function TableAccess({ table }: { table: TableDetail }) {
  const [own = '', ...outer] = useMemo(() => holders(table), [table]);
  return (
    <div className={kit.stack}>
      <section className={kit.card} aria-label="Who may what">
        <GrantsCard own={own} outer={outer} />
      </section>
      <RolesCard />
      <section className={kit.card} aria-label="Why?">
        <h2 className={kit.cardTitle}>Why may somebody, or not?</h2>
        <WhyForm start={{ user: '', verb: 'select', on: own }} />
      </section>
    </div>
  );
}

/** Asked for only by whoever gets an answer: a refusal would be written into the audit trail. */
function GrantsCard({ own, outer }: { own: string; outer: string[] }) {
  const { transport } = useSession();
  const [granting, setGranting] = useState(false);
  const [grants, seesAll] = useMay([
    { verb: 'grant', on: own },
    { verb: 'describe', on: 'grant:*' },
  ]);
  const sees = grants === true || seesAll === true;
  const listing = useInfiniteQuery({ ...grantsQuery(transport, { on: own }), enabled: sees });
  const inherited = useQueries({
    queries: outer.map((on) => ({
      queryKey: [...GRANTS_KEY, 'first', on],
      staleTime: 0,
      enabled: seesAll === true,
      queryFn: ({ signal }: { signal: AbortSignal }) => listGrants(transport, { on }, null, signal),
    })),
    combine: (answers) => answers.flatMap(({ data }) => data?.grants ?? []),
  });
  const found: Grant[] = [
    ...(listing.data?.pages.flatMap((page) => page.grants) ?? []),
    ...inherited,
  ];
  return (
    <div className={kit.stack}>
      <div className={kit.row}>
        <h2 className={kit.cardTitle}>
          Grants on it{seesAll === true ? ', and on what holds it' : ''}
        </h2>
        {grants === true && (
          <Button variant="default" size="compact-sm" onClick={() => setGranting(true)}>
            Grant…
          </Button>
        )}
      </div>
      {sees && (
        <ListFrame
          query={listing}
          empty={found.length === 0 ? 'Nothing was granted: only roles allow something.' : null}
        >
          <GrantsTable grants={found} />
        </ListFrame>
      )}
      {grants === false && seesAll === false && (
        <>
          <p className={kit.lead}>They are shown to whoever can give some.</p>
          <WhyAnswer verb="grant" on={own} />
        </>
      )}
      <GrantDialog opened={granting} fixed on={own} onClose={() => setGranting(false)} />
    </div>
  );
}

/** What roles may with every table, without a grant. */
function RolesCard() {
  const roles = useRoles();
  const able = roles.filter((role) => verbsOnTables(role).length > 0);
  if (able.length === 0) {
    return null;
  }
  return (
    <section className={kit.card} aria-label="Roles">
      <h2 className={kit.cardTitle}>Roles that reach every table</h2>
      <dl className={kit.facts}>
        {able.map((role) => (
          <div key={role.name} style={{ display: 'contents' }}>
            <dt>
              {role.name} ({role.members})
            </dt>
            <dd>{verbsOnTables(role).join(', ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function verbsOnTables({ verbs }: Role): string[] {
  return verbs?.catalog ?? [];
}
