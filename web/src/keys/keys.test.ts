import { describe, expect, it } from 'vitest';
import { expiresAt, keyState } from './expiry';

const NOW = Date.parse('2026-11-28T12:00:00Z');

describe('a key', () => {
  it('ends never, after days, or with a day', () => {
    expect(expiresAt('never', '', NOW)).toBeNull();
    expect(expiresAt('7', '', NOW)).toBe('2026-12-05T12:00:00.000Z');
    expect(Date.parse(expiresAt('date', '2026-12-01', NOW) ?? '')).toBe(
      new Date(2026, 11, 1, 23, 59, 59).getTime(),
    );
  });

  it('is active, expired or revoked', () => {
    expect(keyState({ expires_at: null, revoked_at: null }, NOW)).toBe('active');
    expect(keyState({ expires_at: '2026-11-28T11:00:00Z', revoked_at: null }, NOW)).toBe('expired');
    expect(keyState({ expires_at: null, revoked_at: '2026-11-28T11:00:00Z' }, NOW)).toBe('revoked');
  });
});
