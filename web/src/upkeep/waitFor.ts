import type { Transport } from '../api/transport';
import { getUpkeep, isOver, type UpkeepJob } from '../api/upkeep';

const FIRST_LOOK_MS = 100;
const LONGEST_LOOK_MS = 1_000;

/** A job when it is over, or when nobody waits any more. */
export async function waitFor(
  transport: Transport,
  started: UpkeepJob,
  waits: () => boolean,
): Promise<UpkeepJob> {
  let job = started;
  for (let pause = FIRST_LOOK_MS; !isOver(job) && waits(); pause *= 2) {
    await new Promise((resume) => setTimeout(resume, Math.min(pause, LONGEST_LOOK_MS)));
    job = await getUpkeep(transport, job.id);
  }
  return job;
}
