import type { Load, LoadMode, LoadRequest, Preview } from '../api/loads';
import type { Problem } from '../api/problem';
import type { Upload } from '../api/uploads';
import { type ColumnEdit, columnsToLoad } from './columnChoices';
import { AS_FOUND, chosenOptions, type OptionTexts } from './optionTexts';
import { type TargetName, targetText } from './targetName';

export interface Target extends TargetName {
  mode: LoadMode;
  addColumns: boolean;
  onError: 'stop' | 'skip';
  rejectsTable: string;
  once: boolean;
}

/** How the last try to load ended, while another one can be made from the same upload. */
export type Outcome = { kind: 'failed'; problem: Problem } | { kind: 'cancelled' };

export interface Shaping {
  step: 'shaping';
  upload: Upload;
  options: OptionTexts;
  preview: Preview | null;
  previewing: boolean;
  previewProblem: Problem | null;
  columns: ColumnEdit[];
  target: Target;
  outcome: Outcome | null;
}

export type FlowState =
  | { step: 'choosing' }
  | { step: 'uploading'; files: File[]; total: number; sent: number; startedAt: number }
  | { step: 'interrupted'; files: File[]; problem: Problem }
  | Shaping
  | { step: 'loading'; shaping: Shaping; id: string; load: Load | null; cancelling: boolean }
  | { step: 'done'; load: Load };

export function newTarget(name: TargetName, mode: LoadMode): Target {
  return { ...name, mode, addColumns: false, onError: 'stop', rejectsTable: '', once: false };
}

export function beginShaping(upload: Upload, target: Target): Shaping {
  return {
    step: 'shaping',
    upload,
    options: AS_FOUND,
    preview: null,
    previewing: true,
    previewProblem: null,
    columns: [],
    target,
    outcome: null,
  };
}

export function loadRequest(shaping: Shaping, id: string): LoadRequest {
  const { target } = shaping;
  const columns = columnsToLoad(shaping.columns);
  const options = chosenOptions(shaping.options);
  return {
    upload: shaping.upload.id,
    id,
    table: targetText(target),
    mode: target.mode,
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...(columns === undefined ? {} : { columns }),
    ...(target.mode === 'append' && target.addColumns ? { add_columns: true } : {}),
    ...(target.onError === 'skip' ? { on_error: 'skip' as const } : {}),
    ...(target.onError === 'skip' && target.rejectsTable.trim() !== ''
      ? { rejects_table: target.rejectsTable.trim() }
      : {}),
    ...(target.once ? { once: true } : {}),
  };
}

export function isFinal(load: Load): boolean {
  return load.state !== 'receiving' && load.state !== 'running';
}
