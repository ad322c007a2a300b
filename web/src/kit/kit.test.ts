import { describe, expect, it } from 'vitest';
import { nextTab } from './Tabs';
import { timeFrom } from './time';

const NOW = Date.parse('2026-11-28T12:00:00Z');

describe('a time', () => {
  it.each([
    ['2026-11-28T11:59:50Z', 'just now'],
    ['2026-11-28T11:59:00Z', '1 minute ago'],
    ['2026-11-28T11:20:00Z', '40 minutes ago'],
    ['2026-11-28T09:00:00Z', '3 hours ago'],
    ['2026-11-27T12:00:00Z', 'yesterday'],
    ['2026-11-18T12:00:00Z', '10 days ago'],
    ['2026-09-28T12:00:00Z', '2 months ago'],
    ['2024-11-28T12:00:00Z', '2 years ago'],
    ['2026-12-05T12:00:00Z', 'in 7 days'],
  ])('%s is %s', (at, words) => {
    expect(timeFrom(at, NOW)).toBe(words);
  });
});

describe('tabs', () => {
  it('go around with the arrows', () => {
    expect(nextTab(['a', 'b', 'c'], 'c', 'ArrowRight')).toBe('a');
    expect(nextTab(['a', 'b', 'c'], 'a', 'ArrowLeft')).toBe('c');
    expect(nextTab(['a', 'b', 'c'], 'b', 'Home')).toBe('a');
    expect(nextTab(['a', 'b', 'c'], 'b', 'End')).toBe('c');
    expect(nextTab(['a', 'b', 'c'], 'b', 'x')).toBeNull();
  });
});
