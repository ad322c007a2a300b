import { describe, expect, it } from 'vitest';
import { movedHit, pageHits, resultHits } from './hits';

describe('search', () => {
  it('offers every page before anything is typed, then those that match every word', () => {
    expect(pageHits('')).toHaveLength(15);
    expect(pageHits('', new Set(['/audit', '/tenants']))).toHaveLength(13);
    expect(pageHits('api ke').map(({ name }) => name)).toEqual(['Keys']);
    expect(pageHits('nothing')).toEqual([]);
  });

  it('leads tables, columns and saved statements to their pages', () => {
    const hits = resultHits([
      { kind: 'table', table: 'iceberg.shop.orders', name: 'orders', description: 'All of them' },
      {
        kind: 'column',
        table: 'iceberg.shop.orders',
        column: 'status',
        name: 'status',
        type: 'STRING',
        description: null,
      },
      { kind: 'saved_statement', id: 'x', name: 'Monthly', description: null },
      { kind: 'column', name: 'lost', description: null },
    ]);
    expect(hits.map(({ name, detail }) => [name, detail])).toEqual([
      ['shop.orders', 'All of them'],
      ['status', 'shop.orders · STRING'],
      ['Monthly', ''],
    ]);
    expect(hits.map(({ destination }) => destination)).toEqual([
      { to: '/tables/$name', name: 'iceberg.shop.orders', column: null },
      { to: '/tables/$name', name: 'iceberg.shop.orders', column: 'status' },
      { to: '/s/$id', id: 'x' },
    ]);
  });

  it('is walked around with the arrows', () => {
    expect(movedHit(0, 3, 'ArrowUp')).toBe(2);
    expect(movedHit(2, 3, 'ArrowDown')).toBe(0);
    expect(movedHit(0, 0, 'ArrowDown')).toBe(0);
    expect(movedHit(1, 3, 'x')).toBeNull();
  });
});
