import type { SavedStatement, SavedStatementDraft } from '../api/savedStatements';
import { isChoice } from '../charts/chartChoice';
import { inputsOf, parametersToSend } from '../editor/parameters';
import { openTab, type SavedOrigin, selectTab, type WorkbenchTab, type Workspace } from './tabs';

export function originOf(saved: SavedStatement, userId: string): SavedOrigin {
  return {
    id: saved.id,
    version: saved.version,
    name: saved.name,
    description: saved.description ?? '',
    shared: saved.shared,
    statement: saved.statement,
    mine: saved.user.id === userId,
  };
}

export function tabOf(saved: SavedStatement, userId: string): Partial<WorkbenchTab> {
  const chart = isChoice(saved.chart) ? saved.chart : null;
  return {
    title: saved.name,
    text: saved.statement,
    parameters: inputsOf(saved.parameters ?? {}),
    chart,
    view: chart === null ? 'grid' : 'chart',
    saved: originOf(saved, userId),
  };
}

/** The tab that has it open already, as long as it has this version. */
export function openSaved(workspace: Workspace, saved: SavedStatement, userId: string): Workspace {
  const open = workspace.tabs.find((tab) => tab.saved?.id === saved.id);
  return open !== undefined && open.saved?.version === saved.version
    ? selectTab(workspace, open.id)
    : openTab(workspace, tabOf(saved, userId));
}

export function draftOf(tab: WorkbenchTab): SavedStatementDraft {
  return {
    name: tab.saved?.name ?? tab.title,
    description: tab.saved?.description ?? '',
    statement: tab.text,
    parameters: parametersToSend(tab.text, tab.parameters).parameters,
    chart: tab.view === 'chart' || tab.chart !== null ? tab.chart : null,
    shared: tab.saved?.mine === true ? tab.saved.shared : false,
  };
}
