import { useEffect, useRef } from 'react';
import type { TabStore } from './TabStore';
import { addTab, closeTab, reopenTab, selectTab, stepTab } from './tabs';

interface Actions {
  onSave: () => void;
  onExplain: () => void;
  onShortcuts: () => void;
}

/** Keys of the whole page. By the place of the key: with Alt a Mac writes other characters. */
export function useShortcuts(store: TabStore | null, actions: Actions): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    if (store === null) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') === null && act(event, store, current.current)) {
        event.preventDefault();
      }
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [store]);
}

function act(event: KeyboardEvent, store: TabStore, actions: Actions): boolean {
  const { code, shiftKey } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !shiftKey && code === 'KeyS') {
    actions.onSave();
    return true;
  }
  if (!event.altKey || event.ctrlKey || event.metaKey) {
    return false;
  }
  switch (code) {
    case 'KeyN':
      store.update((workspace) => addTab(workspace));
      return true;
    case 'KeyW':
      store.update((workspace) =>
        shiftKey ? reopenTab(workspace) : closeTab(workspace, workspace.active),
      );
      return true;
    case 'PageUp':
    case 'PageDown':
      store.update((workspace) =>
        selectTab(workspace, stepTab(workspace, code === 'PageUp' ? -1 : 1)),
      );
      return true;
    case 'KeyE':
      actions.onExplain();
      return true;
    case 'KeyK':
      actions.onShortcuts();
      return true;
    default:
      return false;
  }
}
