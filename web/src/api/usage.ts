import { abort } from './abort';
import { type Query, withQuery } from './query';
import type { Transport } from './transport';

export interface UsageAmounts {
  calls: number;
  statements: number;
  bytes_scanned: number;
  bytes_loaded?: number;
  job_seconds: number;
  model_tokens: number;
  cost_usd: number;
}

export interface UsageRow extends UsageAmounts {
  /** A date, an hour, a name, a kind. */
  group: string;
  id?: string | null;
}

export interface UsageReport {
  /** `own` when the caller may not see the use of others. */
  scope?: 'own' | 'tenant';
  rows: UsageRow[];
  total: UsageAmounts;
}

/** Null is no limit. */
export interface Quota {
  storage_bytes: number | null;
  scanned_bytes_day: number | null;
  scanned_bytes_month: number | null;
}

export interface Quotas extends Quota {
  tenant_id: string;
  used: { [name in keyof Quota]: number };
}

export function getUsage(
  transport: Transport,
  query: Query,
  signal?: AbortSignal,
): Promise<UsageReport> {
  return transport.json('GET', withQuery('/tarn/v1/usage', query), abort(signal));
}

export function getQuotas(
  transport: Transport,
  tenant: string | null,
  signal?: AbortSignal,
): Promise<Quotas> {
  return transport.json('GET', withQuery('/tarn/v1/quotas', { tenant }), abort(signal));
}

export function setQuotas(
  transport: Transport,
  tenant: string | null,
  quota: Quota,
): Promise<Quotas> {
  return transport.json('PUT', '/tarn/v1/quotas', { body: { ...quota, tenant } });
}
