import { emptyWorkspace, newTab, type WorkbenchTab, type Workspace } from './tabs';

/**
 * Tabs in the browser's local storage: a list of ids and an item a tab, for each user their own. An item a tab, so that
 * two windows that edit two tabs do not undo each other. Which tab is open belongs to the window alone.
 */
const ACTIVE = 'tarn.active_tab';
const PREFIX = 'tarn.tab';

interface StoredList {
  ids: string[];
  closed: WorkbenchTab[];
}

const listKey = (user: string) => `${PREFIX}s.${user}`;
const tabKey = (user: string, id: string) => `${PREFIX}.${user}.${id}`;

export function isTabKey(user: string, key: string | null): boolean {
  return key !== null && (key === listKey(user) || key.startsWith(`${PREFIX}.${user}.`));
}

export function readWorkspace(local: Storage, session: Storage, user: string): Workspace {
  const list = parse<StoredList>(local.getItem(listKey(user)));
  const tabs = (list?.ids ?? []).flatMap((id) => {
    const tab = parse<WorkbenchTab>(local.getItem(tabKey(user, id)));
    return tab === null || typeof tab.text !== 'string' ? [] : [{ ...newTab([]), ...tab }];
  });
  const first = tabs[0];
  if (first === undefined) {
    return emptyWorkspace();
  }
  const active = session.getItem(ACTIVE);
  return {
    tabs,
    active: tabs.find(({ id }) => id === active)?.id ?? first.id,
    closed: list?.closed ?? [],
  };
}

/** Writes what differs. False when the browser had no room: then the text is in this page alone. */
export function writeWorkspace(
  local: Storage,
  session: Storage,
  user: string,
  before: Workspace | null,
  after: Workspace,
): boolean {
  try {
    const known = new Set(before?.tabs);
    for (const tab of after.tabs) {
      if (!known.has(tab)) {
        local.setItem(tabKey(user, tab.id), JSON.stringify(tab));
      }
    }
    const kept = new Set(after.tabs.map(({ id }) => id));
    const ids = after.tabs.map(({ id }) => id);
    const sameList =
      before?.closed === after.closed && before.tabs.map(({ id }) => id).join() === ids.join();
    if (!sameList) {
      local.setItem(listKey(user), JSON.stringify({ ids, closed: after.closed }));
    }
    for (const { id } of before?.tabs ?? []) {
      if (!kept.has(id)) {
        local.removeItem(tabKey(user, id));
      }
    }
    session.setItem(ACTIVE, after.active);
    return true;
  } catch {
    return false;
  }
}

/** Everybody's: who signs out of a browser leaves nothing in it. */
export function forgetTabs(local: Storage = localStorage): void {
  const keys = Array.from({ length: local.length }, (_, index) => local.key(index) ?? '');
  for (const key of keys) {
    if (key.startsWith(`${PREFIX}.`) || key.startsWith(`${PREFIX}s.`)) {
      local.removeItem(key);
    }
  }
}

function parse<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}
