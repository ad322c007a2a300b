import { describe, expect, it } from 'vitest';
import { passwordHindrance } from '../account/passwordHindrance';
import { withQuery } from '../api/query';
import { activityQuery, refreshInterval } from './filters';

describe('activity', () => {
  it('asks for what is filtered, and nothing else', () => {
    const filters = { view: 'statements' as const, state: '', everybody: false, text: ' a b ' };
    expect(withQuery('/x', activityQuery(filters, null))).toBe('/x?limit=50&user=me&q=a+b');
    const loads = { view: 'loads' as const, state: 'running', everybody: true, text: '' };
    expect(withQuery('/x', activityQuery(loads, 'c'))).toBe(
      '/x?limit=50&cursor=c&state=running&user=all',
    );
  });

  it('looks more often while something runs', () => {
    expect(refreshInterval([{ state: 'completed' }, { state: 'running' }])).toBeLessThan(
      refreshInterval([{ state: 'completed' }]),
    );
    expect(refreshInterval(undefined)).toBe(refreshInterval([]));
  });
});

describe('a new password', () => {
  it('is long enough, and typed twice', () => {
    expect(passwordHindrance('short', 'short')).toMatch(/at least 8/);
    expect(passwordHindrance('long enough', 'long enougH')).toMatch(/differ/);
    expect(passwordHindrance('long enough', 'long enough')).toBeNull();
  });
});
