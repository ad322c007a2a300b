import { describe, expect, it } from 'vitest';
import { countsText, EMPTY, isReady, wantedOf } from './wanted';

describe('an adoption', () => {
  it('is asked for by what its kind needs, and nothing else', () => {
    const source = {
      ...EMPTY,
      file: ' /x/v1.metadata.json ',
      name: 'a.b',
      folder: '/srv/lake',
      address: 'https://c.example.com',
      warehouse: 'w',
      secretKind: 'credential' as const,
      secret: 'id:secret',
      namespaces: 'sales, other',
      into: 'lake',
    };
    expect(wantedOf({ ...source, kind: 'metadata_file' }, null)).toEqual({
      kind: 'metadata_file',
      location: '/x/v1.metadata.json',
      name: 'a.b',
      dry_run: true,
    });
    expect(wantedOf({ ...source, kind: 'hadoop' }, null)).toEqual({
      kind: 'hadoop',
      location: '/srv/lake',
      namespaces: ['sales', 'other'],
      into: 'lake',
      dry_run: true,
    });
    expect(wantedOf({ ...source, kind: 'rest' }, ['sales.a'])).toEqual({
      kind: 'rest',
      location: 'https://c.example.com',
      warehouse: 'w',
      credential: 'id:secret',
      tables: ['sales.a'],
      into: 'lake',
      dry_run: false,
    });
  });

  it('needs a place, and a secret when one is to be sent', () => {
    expect(isReady(EMPTY)).toBe(false);
    expect(isReady({ ...EMPTY, folder: '/x' })).toBe(true);
    expect(isReady({ ...EMPTY, kind: 'metadata_file', file: '/x' })).toBe(false);
    const rest = { ...EMPTY, kind: 'rest' as const, address: 'https://x' };
    expect(isReady(rest)).toBe(true);
    expect(isReady({ ...rest, secretKind: 'token' })).toBe(false);
  });

  it('is summed up', () => {
    const none = { possible: 0, registered: 0, already_here: 0, name_taken: 0, refused: 0 };
    expect(countsText(none)).toBe('No table was found');
    expect(countsText({ ...none, registered: 1200, refused: 1 })).toBe(
      '1,200 registered, 1 refused',
    );
  });
});
