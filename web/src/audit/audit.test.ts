import { expect, it } from 'vitest';
import { auditQuery, NO_FILTERS } from './filters';

it('asks for what was typed, in universal time', () => {
  const query = auditQuery({
    ...NO_FILTERS,
    from: '2026-11-28T10:00',
    until: 'soon',
    who: ' mira ',
    outcome: 'denied',
  });
  expect(query.from).toBe(new Date(2026, 10, 28, 10).toISOString());
  expect(query.until).toBeNull();
  expect(query.who).toBe('mira');
  expect(query.outcome).toBe('denied');
});
