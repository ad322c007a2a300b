import { cancelLoad, getLoad, type Load, type LoadRequest, startLoad } from '../api/loads';
import { Problem } from '../api/problem';
import type { Transport } from '../api/transport';
import { isFinal } from './flowState';

export type RunEnd =
  | { kind: 'completed'; load: Load }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'cancelled' }
  | { kind: 'unauthenticated' };

const POLL_MS = 500;
const CANCEL_TRIES = 10;
/** A server that restarts is away for some seconds, and then tells how the load ended. */
const UNREACHABLE_POLLS = 120;

/**
 * One load from its start to its end. The answer to its own request says how it ended; meanwhile, and when that
 * connection is lost, it is looked at by its id.
 */
export class LoadRun {
  private readonly transport: Transport;
  private readonly request: LoadRequest;
  private readonly pollMs: number;
  private ended = false;

  constructor(transport: Transport, request: LoadRequest, pollMs = POLL_MS) {
    this.transport = transport;
    this.request = request;
    this.pollMs = pollMs;
  }

  async run(onProgress: (load: Load) => void): Promise<RunEnd> {
    void this.watch(onProgress);
    const end = await this.answer(onProgress);
    this.ended = true;
    return end;
  }

  private async answer(onProgress: (load: Load) => void): Promise<RunEnd> {
    try {
      return { kind: 'completed', load: await startLoad(this.transport, this.request) };
    } catch (failure) {
      const problem = Problem.from(failure);
      if (problem.status === 401) {
        return { kind: 'unauthenticated' };
      }
      if (problem.code.endsWith('cancelled')) {
        return { kind: 'cancelled' };
      }
      return problem.status === 0 ? this.endByLooking(onProgress) : { kind: 'failed', problem };
    }
  }

  private async watch(onProgress: (load: Load) => void): Promise<void> {
    while (!this.ended) {
      await this.pause();
      const load = await getLoad(this.transport, this.request.id).catch(() => null);
      if (!this.ended && load !== null && !isFinal(load)) {
        onProgress(load);
      }
    }
  }

  /** The connection is gone, the load may not be. */
  private async endByLooking(onProgress: (load: Load) => void): Promise<RunEnd> {
    for (let polls = 0; polls < UNREACHABLE_POLLS; ) {
      await this.pause();
      try {
        const load = await getLoad(this.transport, this.request.id);
        if (isFinal(load)) {
          return endOf(load);
        }
        polls = 0;
        onProgress(load);
      } catch (failure) {
        if (Problem.from(failure).status === 404) {
          break;
        }
        polls++;
      }
    }
    return { kind: 'failed', problem: Problem.unreachable() };
  }

  /** True when the server ends it. */
  async cancel(): Promise<boolean> {
    // It may still be on its way: then the server does not know it yet and answers 404.
    for (let tries = 0; tries < CANCEL_TRIES && !this.ended; tries++) {
      if (await cancelLoad(this.transport, this.request.id).catch(() => false)) {
        return true;
      }
      await this.pause();
    }
    return false;
  }

  private pause(): Promise<void> {
    return new Promise((resume) => setTimeout(resume, this.pollMs));
  }
}

function endOf(load: Load): RunEnd {
  switch (load.state) {
    case 'completed':
      return { kind: 'completed', load };
    case 'cancelled':
      return { kind: 'cancelled' };
    default:
      return { kind: 'failed', problem: problemOf(load) };
  }
}

function problemOf({ error }: Load): Problem {
  return error === null
    ? new Problem({ title: 'Load failed', detail: 'The load failed.' }, 500)
    : new Problem({ title: 'Load failed', ...error }, 400);
}
