import { useEffect, useState } from 'react';
import { exactTime, timeFrom } from './time';

const TICK_MS = 30_000;

/** How long ago; the exact time on hover, and for machines. */
export function Time({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={exactTime(at)}>
      {timeFrom(at, Math.max(now, Date.now()))}
    </time>
  );
}
