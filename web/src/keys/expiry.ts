import type { Key } from '../api/keys';

export const LIFETIMES = [
  { value: 'never', label: 'Never', days: null },
  { value: '7', label: 'In 7 days', days: 7 },
  { value: '30', label: 'In 30 days', days: 30 },
  { value: '90', label: 'In 90 days', days: 90 },
  { value: '365', label: 'In a year', days: 365 },
  { value: 'date', label: 'On a day…', days: null },
] as const;

export type Lifetime = (typeof LIFETIMES)[number]['value'];

const DAY_MS = 86_400_000;

/** The instant at which a key ends, for the server; a day ends with its last second where the browser is. */
export function expiresAt(lifetime: Lifetime, day: string, now: number): string | null {
  if (lifetime === 'date') {
    const end = new Date(`${day}T23:59:59`);
    return Number.isNaN(end.getTime()) ? null : end.toISOString();
  }
  const days = LIFETIMES.find(({ value }) => value === lifetime)?.days ?? null;
  return days === null ? null : new Date(now + days * DAY_MS).toISOString();
}

export type KeyState = 'active' | 'expired' | 'revoked';

export function keyState(key: Pick<Key, 'expires_at' | 'revoked_at'>, now: number): KeyState {
  if (key.revoked_at !== null) {
    return 'revoked';
  }
  return key.expires_at !== null && Date.parse(key.expires_at) <= now ? 'expired' : 'active';
}
