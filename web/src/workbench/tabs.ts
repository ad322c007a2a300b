import { randomUuid } from '../api/identifier';
import type { ChartChoice } from '../charts/chartChoice';
import type { ParameterInputs } from '../editor/parameters';

/** The saved statement from which a tab came, or under which it was saved. */
export interface SavedOrigin {
  id: string;
  version: number;
  name: string;
  description: string;
  shared: boolean;
  statement: string;
  mine: boolean;
}

export interface WorkbenchTab {
  id: string;
  title: string;
  text: string;
  parameters: ParameterInputs;
  view: 'grid' | 'chart';
  /** Null: what suits the result. */
  chart: ChartChoice | null;
  saved: SavedOrigin | null;
  /** A statement that was sent and has no answer yet: after a reload it is looked for by this id. */
  running: string | null;
}

/** What a person has open. There is always a tab. */
export interface Workspace {
  tabs: WorkbenchTab[];
  active: string;
  /** Last closed last. */
  closed: WorkbenchTab[];
}

export const TAB_LIMIT = 50;
const CLOSED_LIMIT = 10;

export function newTab(tabs: WorkbenchTab[], fields: Partial<WorkbenchTab> = {}): WorkbenchTab {
  return {
    id: randomUuid(),
    title: freeTitle(tabs),
    text: '',
    parameters: {},
    view: 'grid',
    chart: null,
    saved: null,
    running: null,
    ...fields,
  };
}

function freeTitle(tabs: WorkbenchTab[]): string {
  const taken = new Set(tabs.map(({ title }) => title));
  let number = 1;
  while (taken.has(`Query ${number}`)) {
    number++;
  }
  return `Query ${number}`;
}

export function emptyWorkspace(): Workspace {
  const tab = newTab([]);
  return { tabs: [tab], active: tab.id, closed: [] };
}

export function activeTab({ tabs, active }: Workspace): WorkbenchTab {
  const tab = tabs.find(({ id }) => id === active) ?? tabs[0];
  if (tab === undefined) {
    throw new Error('A workspace has no tab.');
  }
  return tab;
}

/** A tab behind the active one; at the limit an empty one makes room, and else the workspace stays as it is. */
export function addTab(workspace: Workspace, fields: Partial<WorkbenchTab> = {}): Workspace {
  const { tabs, closed } = workspace;
  const current = activeTab(workspace);
  if (tabs.length >= TAB_LIMIT) {
    return workspace;
  }
  const tab = newTab(tabs, fields);
  const at = tabs.indexOf(current) + 1;
  return { tabs: [...tabs.slice(0, at), tab, ...tabs.slice(at)], active: tab.id, closed };
}

/** In the active tab when nothing is in it, else in a new one. */
export function openTab(workspace: Workspace, fields: Partial<WorkbenchTab>): Workspace {
  const current = activeTab(workspace);
  return current.text.trim() === '' && current.running === null && current.saved === null
    ? updateTab(workspace, current.id, fields)
    : addTab(workspace, fields);
}

export function updateTab(
  workspace: Workspace,
  id: string,
  fields: Partial<WorkbenchTab>,
): Workspace {
  return {
    ...workspace,
    tabs: workspace.tabs.map((tab) => (tab.id === id ? { ...tab, ...fields } : tab)),
  };
}

export function selectTab(workspace: Workspace, id: string): Workspace {
  return workspace.tabs.some((tab) => tab.id === id) ? { ...workspace, active: id } : workspace;
}

export function closeTab(workspace: Workspace, id: string): Workspace {
  const at = workspace.tabs.findIndex((tab) => tab.id === id);
  const tab = workspace.tabs[at];
  if (tab === undefined) {
    return workspace;
  }
  const left = workspace.tabs.filter((one) => one.id !== id);
  const tabs = left.length === 0 ? [newTab([])] : left;
  const next = tabs[Math.min(at, tabs.length - 1)] ?? tab;
  const closed =
    tab.text.trim() === ''
      ? workspace.closed
      : [...workspace.closed, { ...tab, running: null }].slice(-CLOSED_LIMIT);
  return { tabs, active: workspace.active === id ? next.id : workspace.active, closed };
}

export function reopenTab(workspace: Workspace): Workspace {
  const tab = workspace.closed.at(-1);
  return tab === undefined
    ? workspace
    : openTab({ ...workspace, closed: workspace.closed.slice(0, -1) }, tab);
}

/** Puts a tab at another place. */
export function moveTab(workspace: Workspace, id: string, to: number): Workspace {
  const tab = workspace.tabs.find((one) => one.id === id);
  if (tab === undefined) {
    return workspace;
  }
  const others = workspace.tabs.filter((one) => one.id !== id);
  const at = Math.min(Math.max(to, 0), others.length);
  return { ...workspace, tabs: [...others.slice(0, at), tab, ...others.slice(at)] };
}

export function stepTab({ tabs, active }: Workspace, step: number): string {
  const at = tabs.findIndex(({ id }) => id === active);
  return tabs[(at + step + tabs.length) % tabs.length]?.id ?? active;
}

export function isModified({ saved, text }: WorkbenchTab): boolean {
  return saved !== null && saved.statement !== text;
}
