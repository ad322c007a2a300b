import { describe, expect, test } from 'vitest';
import { MemoryStorage } from './memoryStorage';
import { forgetTabs, readWorkspace, writeWorkspace } from './tabStorage';
import {
  activeTab,
  addTab,
  closeTab,
  emptyWorkspace,
  moveTab,
  openTab,
  reopenTab,
  stepTab,
  TAB_LIMIT,
  updateTab,
  type Workspace,
} from './tabs';

const titles = ({ tabs }: Workspace) => tabs.map(({ title }) => title);
const three = () => addTab(addTab(emptyWorkspace(), { text: 'b' }), { text: 'c' });

describe('tabs', () => {
  test('are added behind the active one with a free title', () => {
    const workspace = three();
    expect(titles(workspace)).toEqual(['Query 1', 'Query 2', 'Query 3']);
    expect(activeTab(workspace).text).toBe('c');
  });

  test('are closed, and one always stays', () => {
    let workspace = three();
    for (let closing = 0; closing < 5; closing++) {
      workspace = closeTab(workspace, workspace.active);
      expect(workspace.tabs.some(({ id }) => id === workspace.active)).toBe(true);
    }
    expect(workspace.tabs).toHaveLength(1);
    expect(workspace.closed.map(({ text }) => text)).toEqual(['c', 'b']);
  });

  test('that were closed come back with what was in them', () => {
    const before = three();
    const after = reopenTab(closeTab(before, before.active));
    expect(activeTab(after)).toEqual({ ...activeTab(before), running: null });
    expect(after.closed).toEqual([]);
  });

  test('are moved, and stay inside', () => {
    const workspace = three();
    const [first] = workspace.tabs;
    expect(titles(moveTab(workspace, first?.id ?? '', 1))).toEqual([
      'Query 2',
      'Query 1',
      'Query 3',
    ]);
    expect(titles(moveTab(workspace, first?.id ?? '', 99)).at(-1)).toBe('Query 1');
    expect(stepTab(workspace, 1)).toBe(first?.id);
  });

  test('open in an empty tab, else beside it, up to a limit', () => {
    expect(openTab(emptyWorkspace(), { text: 'a' }).tabs).toHaveLength(1);
    let workspace = three();
    for (let at = 0; at < TAB_LIMIT + 5; at++) {
      workspace = openTab(workspace, { text: String(at) });
    }
    expect(workspace.tabs).toHaveLength(TAB_LIMIT);
  });
});

describe('the storage', () => {
  const local = new MemoryStorage();
  const session = new MemoryStorage();

  test('gives back what it took, a user at a time', () => {
    const workspace = three();
    writeWorkspace(local, session, 'u1', null, workspace);
    expect(readWorkspace(local, session, 'u1')).toEqual(workspace);
    expect(readWorkspace(local, session, 'u2').tabs).toHaveLength(1);
    const changed = updateTab(workspace, workspace.active, { text: 'changed' });
    writeWorkspace(local, session, 'u1', workspace, changed);
    expect(activeTab(readWorkspace(local, session, 'u1')).text).toBe('changed');
    const closed = closeTab(changed, changed.active);
    writeWorkspace(local, session, 'u1', changed, closed);
    expect(readWorkspace(local, session, 'u1').tabs).toHaveLength(2);
  });

  test('survives what it cannot read, and forgets', () => {
    local.setItem('tarn.tabs.u1', '{broken');
    expect(readWorkspace(local, session, 'u1').tabs).toHaveLength(1);
    forgetTabs(local);
    expect(local.length).toBe(0);
  });
});
