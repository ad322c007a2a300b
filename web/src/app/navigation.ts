import { type Destination, hrefOf, type Place, placeOf } from './location';

/** Asked before the page changes; `go` is what to do when it may after all. */
export type Guard = (next: Place, go: () => void) => boolean;

/**
 * The browser's history as a store. Every entry has a number, so that a step back which a guard holds up can be undone:
 * the browser only tells of it when it is done.
 */
class Navigation {
  private place = placeOf(location);
  private index = indexOf(history.state);
  private passing = false;
  private readonly listeners = new Set<() => void>();
  private guard: Guard | null = null;

  constructor() {
    history.replaceState({ index: this.index }, '');
    addEventListener('popstate', (event) => this.onPopState(indexOf(event.state)));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Place => this.place;

  readonly go = async (destination: Destination): Promise<void> => {
    const href = hrefOf(destination);
    const next = placeOf(new URL(href, location.href));
    const go = () => {
      if (destination.replace === true) {
        history.replaceState({ index: this.index }, '', href);
      } else {
        this.index++;
        history.pushState({ index: this.index }, '', href);
      }
      this.arrive();
    };
    if (this.guard === null || this.guard(next, go)) {
      go();
    }
  };

  /** One page at a time asks. */
  hold(guard: Guard): () => void {
    this.guard = guard;
    return () => {
      if (this.guard === guard) {
        this.guard = null;
      }
    };
  }

  private onPopState(index: number): void {
    const step = index - this.index;
    if (this.passing || step === 0) {
      this.passing = false;
      this.index = index;
      this.arrive();
      return;
    }
    const go = () => {
      this.passing = true;
      history.go(step);
    };
    if (this.guard !== null && !this.guard(placeOf(location), go)) {
      // Back to where the page still is; `index` stays, so that this step is none.
      history.go(-step);
      return;
    }
    this.index = index;
    this.arrive();
  }

  private arrive(): void {
    const next = placeOf(location);
    if (JSON.stringify(next) !== JSON.stringify(this.place)) {
      this.place = next;
      for (const listener of this.listeners) {
        listener();
      }
    }
  }
}

function indexOf(state: unknown): number {
  const index = (state as { index?: unknown } | null)?.index;
  return typeof index === 'number' ? index : 0;
}

export const navigation = new Navigation();
