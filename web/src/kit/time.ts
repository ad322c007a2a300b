const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });
const STEPS: [number, number, Intl.RelativeTimeFormatUnit][] = [
  [45 * MINUTE, MINUTE, 'minute'],
  [22 * HOUR, HOUR, 'hour'],
  [26 * DAY, DAY, 'day'],
  [320 * DAY, 30 * DAY, 'month'],
];

/** `3 minutes ago`, `in 2 days`. */
export function timeFrom(instant: string, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) {
    return seconds <= 0 ? 'just now' : 'in a moment';
  }
  for (const [limit, size, unit] of STEPS) {
    if (distance < limit) {
      return relative.format(Math.sign(seconds) * Math.max(1, Math.round(distance / size)), unit);
    }
  }
  return relative.format(Math.round(seconds / (365 * DAY)), 'year');
}

/** In the time zone of the browser, to the second. */
export function exactTime(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime())
    ? instant
    : at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
