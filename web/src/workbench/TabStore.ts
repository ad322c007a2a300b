import { onSignOut } from '../session/onSignOut';
import type { StatementState } from './statementState';
import { isTabKey, readWorkspace, writeWorkspace } from './tabStorage';
import type { Workspace } from './tabs';

export interface WorkbenchState {
  workspace: Workspace;
  runs: ReadonlyMap<string, StatementState>;
  /** False when the browser keeps no more text. */
  stored: boolean;
}

const IDLE: StatementState = { kind: 'idle' };

/**
 * Tabs, their statements and results. It lives outside of the page, so that a statement goes on and a result stays
 * while another page is looked at.
 */
export class TabStore {
  private state: WorkbenchState;
  private readonly listeners = new Set<() => void>();
  private dropped = false;
  /** A page that is left breaks its requests off: that is no end of a statement, and must not be written down as one. */
  private leaving = false;

  constructor(private readonly user: string) {
    const workspace = readWorkspace(localStorage, sessionStorage, user);
    const stored = writeWorkspace(localStorage, sessionStorage, user, null, workspace);
    this.state = { workspace, runs: new Map(), stored };
    addEventListener('storage', this.onStorage);
    addEventListener('pagehide', this.onLeave);
    addEventListener('pageshow', this.onReturn);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): WorkbenchState => this.state;

  runOf(tab: string): StatementState {
    return this.state.runs.get(tab) ?? IDLE;
  }

  update(change: (workspace: Workspace) => Workspace): void {
    const before = this.state.workspace;
    const workspace = change(before);
    if (workspace === before || this.dropped || this.leaving) {
      return;
    }
    const stored = writeWorkspace(localStorage, sessionStorage, this.user, before, workspace);
    const open = new Set(workspace.tabs.map(({ id }) => id));
    const runs = new Map([...this.state.runs].filter(([id]) => open.has(id)));
    this.emit({ workspace, runs, stored });
  }

  setRun(tab: string, change: (before: StatementState) => StatementState): void {
    const runs = new Map(this.state.runs);
    runs.set(tab, change(this.runOf(tab)));
    this.emit({ ...this.state, runs });
  }

  drop(): void {
    this.dropped = true;
    removeEventListener('storage', this.onStorage);
    removeEventListener('pagehide', this.onLeave);
    removeEventListener('pageshow', this.onReturn);
  }

  private readonly onLeave = (): void => {
    this.leaving = true;
  };

  private readonly onReturn = (): void => {
    this.leaving = false;
  };

  /** Another window changed a tab. */
  private readonly onStorage = ({ key }: StorageEvent): void => {
    if (isTabKey(this.user, key)) {
      const { active } = this.state.workspace;
      const read = readWorkspace(localStorage, sessionStorage, this.user);
      const kept = read.tabs.some(({ id }) => id === active) ? { ...read, active } : read;
      this.emit({ ...this.state, workspace: kept });
    }
  };

  private emit(state: WorkbenchState): void {
    this.state = state;
    for (const listener of this.listeners) {
      listener();
    }
  }
}

let open: { user: string; store: TabStore } | null = null;

export function tabStoreOf(user: string): TabStore {
  if (open?.user !== user) {
    open?.store.drop();
    open = { user, store: new TabStore(user) };
  }
  return open.store;
}

onSignOut(() => {
  open?.store.drop();
  open = null;
});
