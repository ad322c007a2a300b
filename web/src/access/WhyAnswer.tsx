import { useQuery } from '@tanstack/react-query';
import { type Decision, why } from '../api/grants';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import { useSession } from '../session/SessionContext';
import classes from './access.module.css';
import { Limits } from './Limits';

interface Props {
  verb: string;
  on: string;
  /** Nobody: the caller. */
  user?: string;
}

const WORDS = { yes: 'allowed', partly: 'allowed in part', no: 'not allowed' } as const;

/** Whether somebody may, what allows it, and who can change it. */
export function WhyAnswer({ verb, on, user }: Props) {
  const { transport } = useSession();
  const answer = useQuery({
    queryKey: ['why', verb, on, user ?? null],
    staleTime: 0,
    queryFn: ({ signal }) =>
      why(transport, { verb, on, ...(user === undefined ? {} : { user }) }, signal),
  });
  if (answer.error !== null) {
    return <Notice problem={Problem.from(answer.error)} />;
  }
  if (answer.data === undefined) {
    return (
      <p role="status" className={kit.dim}>
        Asking…
      </p>
    );
  }
  return <Answer decision={answer.data} />;
}

function Answer({ decision }: { decision: Decision }) {
  const { allowed, text, because, columns, rows, granters } = decision;
  return (
    <section className={classes.answer} aria-label="Answer">
      <p>
        <span className={kit.badge} data-tone={allowed === 'no' ? 'bad' : 'good'}>
          {WORDS[allowed]}
        </span>{' '}
        {text}.
      </p>
      {because.length > 0 && (
        <ul aria-label="Because of">
          {because.map((reason) => (
            <li key={reason.grant?.id ?? reason.role ?? reason.text}>
              {reason.text}
              {reason.grant != null && (
                <Limits columns={reason.grant.columns} rows={reason.grant.rows} />
              )}
            </li>
          ))}
        </ul>
      )}
      {(columns != null || rows != null) && (
        <Limits columns={columns ?? null} rows={rows ?? null} />
      )}
      <p className={kit.dim}>
        {granters.length === 0
          ? 'Nobody can grant it.'
          : `Who can grant it: ${granters.join(', ')}.`}
      </p>
    </section>
  );
}
