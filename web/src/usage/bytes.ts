const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const FORM = /^([\d.,_ ]+?)\s*(B|[kKMGTP]B?)?$/;

/** Exact, so that what is saved again is what was read. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) {
    return '';
  }
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && value % 1000 === 0 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value} ${UNITS[unit]}`;
}

/** Null for nothing, undefined for what is no size. */
export function parseBytes(text: string): number | null | undefined {
  if (text.trim() === '') {
    return null;
  }
  const match = FORM.exec(text.trim());
  const number = Number(match?.[1]?.replaceAll(/[ _,]/g, '') ?? Number.NaN);
  const unit = UNITS.findIndex(
    (one) => one.slice(0, -1).toLowerCase() === (match?.[2] ?? 'B').replace(/B$/, '').toLowerCase(),
  );
  const bytes = Math.round(number * 1000 ** unit);
  return match === null || !Number.isSafeInteger(bytes) ? undefined : bytes;
}
