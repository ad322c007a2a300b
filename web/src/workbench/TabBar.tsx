import { ActionIcon } from '@mantine/core';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import type { StatementState } from './statementState';
import classes from './TabBar.module.css';
import type { TabStore } from './TabStore';
import {
  addTab,
  closeTab,
  isModified,
  moveTab,
  reopenTab,
  selectTab,
  stepTab,
  TAB_LIMIT,
  updateTab,
  type WorkbenchTab,
  type Workspace,
} from './tabs';

const NAME_LIMIT = 80;

interface Props {
  store: TabStore;
  workspace: Workspace;
  runs: ReadonlyMap<string, StatementState>;
}

/** Arrows walk, with Ctrl and Shift they move the tab; F2 renames, Delete closes. */
export function TabBar({ store, workspace, runs }: Props) {
  const { tabs, active, closed } = workspace;
  const [renaming, setRenaming] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const last = closed.at(-1);

  function focusActive() {
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[role=tab][aria-selected=true][data-tab]')?.focus(),
    );
  }

  function onKeyDown(event: KeyboardEvent) {
    if (renaming !== null) {
      return;
    }
    const at = tabs.findIndex(({ id }) => id === active);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined && event.ctrlKey && event.shiftKey) {
      store.update((before) => moveTab(before, active, at + step));
    } else if (step !== undefined) {
      store.update((before) => selectTab(before, stepTab(before, step)));
    } else if (event.key === 'Home' || event.key === 'End') {
      const to = event.key === 'Home' ? tabs[0] : tabs.at(-1);
      store.update((before) => selectTab(before, to?.id ?? active));
    } else if (event.key === 'Delete') {
      store.update((before) => closeTab(before, active));
    } else if (event.key === 'F2') {
      setRenaming(active);
    } else {
      return;
    }
    event.preventDefault();
    focusActive();
  }

  function rename(id: string, title: string) {
    setRenaming(null);
    const name = title.trim().slice(0, NAME_LIMIT);
    if (name !== '') {
      store.update((before) => updateTab(before, id, { title: name }));
    }
  }

  return (
    <div className={classes.bar}>
      <div role="tablist" aria-label="Statements" className={classes.tabs} onKeyDown={onKeyDown}>
        {tabs.map((tab, at) => (
          <TabButton
            key={tab.id}
            tab={tab}
            active={tab.id === active}
            running={runs.get(tab.id)?.kind === 'running'}
            renaming={renaming === tab.id}
            onSelect={() => store.update((before) => selectTab(before, tab.id))}
            onClose={() => store.update((before) => closeTab(before, tab.id))}
            onRename={() => setRenaming(tab.id)}
            onRenamed={(title) => rename(tab.id, title)}
            onDrag={() => setDragged(tab.id)}
            onDrop={() => {
              if (dragged !== null) {
                store.update((before) => moveTab(before, dragged, at));
                setDragged(null);
              }
            }}
          />
        ))}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="New tab"
        title={tabs.length >= TAB_LIMIT ? `${TAB_LIMIT} tabs are the most` : 'New tab (Alt N)'}
        onClick={() => store.update((before) => addTab(before))}
      >
        +
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Close tab"
        title="Close tab (Alt W)"
        onClick={() => store.update((before) => closeTab(before, active))}
      >
        ×
      </ActionIcon>
      {last !== undefined && (
        <button
          type="button"
          className={classes.undo}
          title="Alt Shift W"
          onClick={() => store.update(reopenTab)}
        >
          Reopen {last.title}
        </button>
      )}
    </div>
  );
}

interface TabProps {
  tab: WorkbenchTab;
  active: boolean;
  running: boolean;
  renaming: boolean;
  onSelect: () => void;
  onClose: () => void;
  onRename: () => void;
  onRenamed: (title: string) => void;
  onDrag: () => void;
  onDrop: () => void;
}

function TabButton(props: TabProps) {
  const { tab, active, running, renaming, onSelect, onRename, onDrag, onDrop } = props;
  if (renaming) {
    return <TabName title={tab.title} onRenamed={props.onRenamed} />;
  }
  const allow = (event: DragEvent) => {
    // Files are another matter: the page takes them for a load.
    if (!event.dataTransfer.types.includes('Files')) {
      event.preventDefault();
    }
  };
  return (
    <button
      type="button"
      role="tab"
      data-tab
      aria-selected={active}
      aria-controls={active ? 'statement' : undefined}
      tabIndex={active ? 0 : -1}
      className={classes.tab}
      title={`${tab.title} (F2 or a double click renames)`}
      draggable
      onClick={onSelect}
      onDoubleClick={onRename}
      onAuxClick={(event) => event.button === 1 && props.onClose()}
      onDragStart={onDrag}
      onDragOver={allow}
      onDrop={(event) => {
        allow(event);
        onDrop();
      }}
    >
      {running && <span className={classes.running} aria-hidden="true" />}
      <span className={classes.title}>
        {tab.title}
        {isModified(tab) && ' •'}
      </span>
      {running && <span className={classes.unseen}>, running</span>}
    </button>
  );
}

function TabName({ title, onRenamed }: { title: string; onRenamed: (title: string) => void }) {
  const [name, setName] = useState(title);
  return (
    <span role="tab" aria-selected="true" tabIndex={-1} className={classes.tab}>
      <input
        className={classes.name}
        aria-label="Name of the tab"
        maxLength={NAME_LIMIT}
        // biome-ignore lint/a11y/noAutofocus: renaming was asked for
        autoFocus
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => onRenamed(name)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') {
            onRenamed(name);
          } else if (event.key === 'Escape') {
            onRenamed(title);
          }
        }}
      />
    </span>
  );
}
