import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { replaceSaved, type SavedStatement } from '../api/savedStatements';
import type { Saving } from '../history/SaveDialog';
import { useSession } from '../session/SessionContext';
import { draftOf, originOf, tabOf } from './openSaved';
import type { TabStore } from './TabStore';
import { activeTab, updateTab } from './tabs';

/** Saves the active tab: at once when it is a saved statement of one's own, else by the form. */
export function useSaving(store: TabStore, userId: string) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [saving, setSaving] = useState<Saving | null>(null);
  const [said, setSaid] = useState('');

  async function save() {
    const tab = activeTab(store.snapshot().workspace);
    if (tab.text.trim() === '') {
      setSaid('There is nothing to save yet.');
      return;
    }
    const draft = draftOf(tab);
    if (tab.saved?.mine !== true) {
      setSaving({ draft, over: null, conflict: false });
      return;
    }
    const over = { id: tab.saved.id, version: tab.saved.version };
    try {
      const saved = await replaceSaved(transport, over.id, over.version, draft);
      store.update((before) => updateTab(before, tab.id, { saved: originOf(saved, userId) }));
      void queryClient.invalidateQueries({ queryKey: ['saved-statements'] });
      setSaid(`${saved.name} saved`);
    } catch (failure) {
      const problem = Problem.from(failure);
      if (problem.code === 'conflict') {
        setSaving({ draft, over, conflict: true });
      } else if (problem.status === 404) {
        setSaving({ draft, over: null, conflict: false });
      } else if (problem.status !== 401) {
        setSaid(problem.message);
      }
    }
  }

  function saveAs() {
    const tab = activeTab(store.snapshot().workspace);
    setSaving({ draft: { ...draftOf(tab), shared: false }, over: null, conflict: false });
  }

  function edit(saved: SavedStatement) {
    const draft = {
      name: saved.name,
      description: saved.description ?? '',
      statement: saved.statement,
      parameters: saved.parameters ?? {},
      chart: saved.chart,
      shared: saved.shared,
    };
    setSaving({ draft, over: { id: saved.id, version: saved.version }, conflict: false });
  }

  /** Tabs that hold the statement know its new name and version; another text of it came from elsewhere. */
  function saved(statement: SavedStatement) {
    const draft = saving?.draft;
    setSaving(null);
    setSaid(`${statement.name} saved`);
    store.update((workspace) => {
      const active = activeTab(workspace);
      return {
        ...workspace,
        tabs: workspace.tabs.map((tab) => {
          const isIt =
            tab.saved?.id === statement.id || (tab === active && tab.text === draft?.statement);
          if (!isIt) {
            return tab;
          }
          return tab.text === statement.statement || tab.text !== draft?.statement
            ? { ...tab, title: statement.name, saved: originOf(statement, userId) }
            : { ...tab, ...tabOf(statement, userId) };
        }),
      };
    });
  }

  return { saving, said, save, saveAs, edit, saved, close: () => setSaving(null) };
}
