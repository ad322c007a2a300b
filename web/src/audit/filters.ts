import type { Query } from '../api/query';

export const OUTCOMES = [
  ['', 'any'],
  ['done', 'done'],
  ['denied', 'denied'],
  ['failed', 'failed'],
] as const;

/** As they are typed; times in the zone of the browser. */
export interface AuditFilters {
  from: string;
  until: string;
  who: string;
  verb: string;
  resource: string;
  outcome: string;
  q: string;
}

export const NO_FILTERS: AuditFilters = {
  from: '',
  until: '',
  who: '',
  verb: '',
  resource: '',
  outcome: '',
  q: '',
};

export function auditQuery(filters: AuditFilters): Query {
  const { from, until, who, verb, resource, outcome, q } = filters;
  return {
    from: instant(from),
    until: instant(until),
    who: who.trim(),
    verb: verb.trim(),
    resource: resource.trim(),
    outcome,
    q: q.trim(),
  };
}

function instant(local: string): string | null {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
