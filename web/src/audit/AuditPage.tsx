import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type AuditEntry, exportAudit, listAudit } from '../api/audit';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { ManagePage } from '../manage/ManagePage';
import { May } from '../manage/May';
import { saveFile } from '../results/saveFile';
import { useSession } from '../session/SessionContext';
import { AuditTable } from './AuditTable';
import { EntryDialog } from './EntryDialog';
import { Filters } from './Filters';
import { type AuditFilters, auditQuery, NO_FILTERS } from './filters';
import { VerifyDialog } from './VerifyDialog';

const AUDIT_KEY = ['audit'] as const;
const PAGE = 100;
const TYPING_PAUSE_MS = 500;

/** Who did what. It does not look again by itself: that somebody read the trail is in the trail too. */
export function AuditPage() {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [filters, setFilters] = useState<AuditFilters>(NO_FILTERS);
  const [wanted] = useDebouncedValue(filters, TYPING_PAUSE_MS);
  const [entry, setEntry] = useState<AuditEntry | null>(null);
  const [verifying, setVerifying] = useState(false);
  const [exporting, setExporting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const query = auditQuery(wanted);
  const listing = useInfiniteQuery({
    queryKey: [...AUDIT_KEY, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listAudit(transport, { ...query, cursor: pageParam, limit: PAGE }, signal),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const entries = listing.data?.pages.flatMap((page) => page.entries) ?? [];

  async function save() {
    setExporting(true);
    setProblem(null);
    try {
      saveFile(await exportAudit(transport, query), 'audit.ndjson');
    } catch (failure) {
      setProblem(Problem.from(failure));
    } finally {
      setExporting(false);
    }
  }

  return (
    <ManagePage
      title="Audit"
      lead="Every write, sign-in, denial and statement. Entries cannot be changed without Verify noticing. Reading them is an entry too."
      actions={
        <May verb="select" on="audit:*">
          <Button onClick={() => setVerifying(true)}>Verify</Button>
          <Button variant="default" loading={exporting} onClick={() => void save()}>
            Export NDJSON
          </Button>
          <Button
            variant="default"
            loading={listing.isFetching && !listing.isFetchingNextPage}
            // From the beginning: pages that were opened further down are not asked for again.
            onClick={() => void queryClient.resetQueries({ queryKey: [...AUDIT_KEY, query] })}
          >
            Look again
          </Button>
        </May>
      }
    >
      <Filters filters={filters} onChange={(change) => setFilters({ ...filters, ...change })} />
      {problem !== null && <Notice problem={problem} />}
      <ListFrame query={listing} empty={entries.length === 0 ? 'No entry matches.' : null}>
        <AuditTable entries={entries} onOpen={setEntry} />
      </ListFrame>
      <span role="status" className={kit.unseen}>
        {listing.isFetching ? 'Reading' : `${entries.length} entries shown`}
      </span>
      {entry !== null && <EntryDialog entry={entry} onClose={() => setEntry(null)} />}
      {verifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </ManagePage>
  );
}
