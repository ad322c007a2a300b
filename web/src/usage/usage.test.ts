import { describe, expect, it } from 'vitest';
import { bytesText, parseBytes } from './bytes';
import { dateText, groupText, period, usageChart, withEmptyDays } from './usageView';

const row = (group: string, calls: number) => ({
  group,
  calls,
  statements: 0,
  bytes_scanned: 0,
  job_seconds: 0,
  model_tokens: 0,
  cost_usd: 0,
});

describe('usage', () => {
  it('of days shows those without any', () => {
    const filled = withEmptyDays([row('2026-02-27', 3), row('2026-03-02', 4)]);
    expect(filled.map(({ group, calls }) => [group, calls])).toEqual([
      ['2026-02-27', 3],
      ['2026-02-28', 0],
      ['2026-03-01', 0],
      ['2026-03-02', 4],
    ]);
    expect(withEmptyDays([])).toEqual([]);
    const far = [row('2020-01-01', 1), row('2026-01-01', 1)];
    expect(withEmptyDays(far)).toBe(far);
  });

  it('is asked for from the first day to the end of the last one', () => {
    expect(period('2026-11-01', '2026-11-30')).toEqual({
      from: new Date(2026, 10, 1).toISOString(),
      until: new Date(2026, 11, 1).toISOString(),
    });
    expect(period('', '').from).toBeNull();
    expect(dateText(new Date(2026, 0, 5))).toBe('2026-01-05');
  });

  it('becomes a chart of one measure', () => {
    const chart = usageChart([row('mira', 2), row('jo', 1)], 'user', 'calls');
    expect(chart.xs).toEqual(['mira', 'jo']);
    expect(chart.series).toEqual([{ name: 'calls', values: [2, 1] }]);
    expect(groupText('2026-11-28T10:00+01:00', 'hour')).toBe('2026-11-28 10:00');
  });
});

describe('a size', () => {
  it('is typed with a unit or without, and shown so that it means the same', () => {
    expect(parseBytes('500 GB')).toBe(500e9);
    expect(parseBytes('1.5 TB')).toBe(1.5e12);
    expect(parseBytes('2k')).toBe(2000);
    expect(parseBytes('1,234')).toBe(1234);
    expect(parseBytes(' ')).toBeNull();
    expect(parseBytes('much')).toBeUndefined();
    expect(parseBytes('5 XB')).toBeUndefined();
    expect(parseBytes('9999999 PB')).toBeUndefined();
    expect([null, 0, 1234, 500e9].map(bytesText)).toEqual(['', '0 B', '1234 B', '500 GB']);
  });
});
