import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type AuditReport, verifyAudit } from '../api/audit';
import { Problem } from '../api/problem';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { CopyText } from '../kit/CopyText';
import kit from '../kit/kit.module.css';
import { exactTime } from '../kit/time';
import manage from '../manage/manage.module.css';
import { formatCount } from '../results/figures';
import { useSession } from '../session/SessionContext';

/** Looks whether every entry is there and as it was written. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { transport } = useSession();
  const verification = useQuery({
    queryKey: ['audit-verification'],
    // Asked by a press of the button and never again by itself; the next press asks anew.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    queryFn: () => verifyAudit(transport),
  });
  return (
    <Dialog opened wide title="Verify the audit trail" onClose={onClose}>
      <div className={kit.stack}>
        {verification.isPending && (
          <p role="status" className={kit.dim}>
            Looking at every entry…
          </p>
        )}
        {verification.error !== null && <Notice problem={Problem.from(verification.error)} />}
        {verification.data !== undefined && <Report report={verification.data} />}
        <div>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Report({ report }: { report: AuditReport }) {
  const { intact, entries, first_sequence: first, head, unsealed = 0, problems } = report;
  return (
    <>
      <p role="status">
        <span className={kit.badge} data-tone={intact ? 'good' : 'bad'}>
          {intact ? 'intact' : 'not intact'}
        </span>{' '}
        {intact
          ? `All ${formatCount(entries)} sealed entries are there and as they were written.`
          : 'The trail is not as it was sealed.'}
      </p>
      <dl className={kit.facts}>
        <dt>Sealed entries</dt>
        <dd>
          {formatCount(entries)}
          {head !== null && `, from ${formatCount(first)} to ${formatCount(head.sequence)}`}
        </dd>
        <dt>Not sealed yet</dt>
        <dd>{formatCount(unsealed)}</dd>
        {head?.sealed_at != null && (
          <>
            <dt>Last sealed</dt>
            <dd>{exactTime(head.sealed_at)}</dd>
          </>
        )}
      </dl>
      {problems.length > 0 && (
        <ul className={manage.list} aria-label="What is wrong">
          {problems.map((problem) => (
            <li key={problem.text} className={kit.mistake}>
              {problem.text}
            </li>
          ))}
        </ul>
      )}
      {head !== null && (
        <>
          <CopyText label="Head of the chain" text={`${head.sequence}:${head.hash}`} wrap />
          <p className={kit.hint}>
            Kept elsewhere, it proves later that nothing up to it was changed:{' '}
            <code className={kit.code}>tarn audit verify</code> takes it.
          </p>
        </>
      )}
    </>
  );
}
