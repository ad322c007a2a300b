import { describe, expect, it } from 'vitest';
import { holders, resourceParts, resourceText, tableOf } from './resource';

describe('a resource', () => {
  it('is a kind and a name, or everything', () => {
    expect(resourceParts('table:iceberg.shop."a:b"')).toEqual({
      kind: 'table',
      name: 'iceberg.shop."a:b"',
    });
    expect(resourceParts('*')).toEqual({ kind: '*', name: '' });
    expect(resourceText({ kind: '*', name: 'x' })).toBe('*');
    expect(resourceText({ kind: 'user', name: '*' })).toBe('user:*');
  });

  it('is one table, or not', () => {
    expect(tableOf('table:iceberg.shop.orders')).toBe('iceberg.shop.orders');
    expect(tableOf('table:*')).toBeNull();
    expect(tableOf('table: ')).toBeNull();
    expect(tableOf('namespace:iceberg.shop')).toBeNull();
    expect(tableOf('*')).toBeNull();
  });

  it('is held by its namespaces, from the inside out, and by its catalog', () => {
    expect(holders({ name: 'iceberg.a."b c".t', namespace: 'a.b c' })).toEqual([
      'table:iceberg.a."b c".t',
      'table:*',
      'namespace:iceberg.a."b c"',
      'namespace:iceberg.a',
      'namespace:*',
      'catalog:iceberg',
      'catalog:*',
      '*',
    ]);
  });
});
