import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearch } from '../app/routing';
import { TextField } from '../kit/Field';
import { ListFrame } from '../kit/ListFrame';
import { ManagePage } from '../manage/ManagePage';
import manage from '../manage/manage.module.css';
import { useSession } from '../session/SessionContext';
import { GrantDialog } from './GrantDialog';
import { GrantsTable } from './GrantsTable';
import { grantsQuery } from './grantsQuery';
import { GranteeField } from './PeopleFields';

const TYPING_PAUSE_MS = 400;

/** Who was given what. */
export function GrantsPage() {
  const { transport } = useSession();
  const start = useSearch();
  const [to, setTo] = useState(start.to ?? '');
  const [on, setOn] = useState(start.on ?? '');
  const [granting, setGranting] = useState(false);
  const [filter] = useDebouncedValue({ to: to.trim(), on: on.trim() }, TYPING_PAUSE_MS);
  const listing = useInfiniteQuery(grantsQuery(transport, filter));
  const grants = listing.data?.pages.flatMap((page) => page.grants) ?? [];
  const all = filter.to === '' && filter.on === '';
  return (
    <ManagePage
      title="Grants"
      lead="What roles and users were given, beside what built-in roles may. A grant that is removed has no effect from the next call on."
      actions={<Button onClick={() => setGranting(true)}>New grant</Button>}
    >
      <div className={manage.filters}>
        <GranteeField label="To" value={to} onChange={setTo} />
        <TextField
          label="On exactly"
          placeholder="table:iceberg.shop.orders"
          value={on}
          onChange={setOn}
        />
      </div>
      <ListFrame
        query={listing}
        empty={
          grants.length > 0
            ? null
            : all
              ? 'Nothing was granted yet: only what roles may is allowed.'
              : 'No grant matches.'
        }
      >
        <GrantsTable grants={grants} />
      </ListFrame>
      <GrantDialog
        opened={granting}
        on={on.includes(':') ? on : 'table:'}
        onClose={() => setGranting(false)}
      />
    </ManagePage>
  );
}
