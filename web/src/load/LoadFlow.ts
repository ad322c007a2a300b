import { randomUuid } from '../api/identifier';
import { previewLoad } from '../api/loads';
import { Problem } from '../api/problem';
import type { Transport } from '../api/transport';
import { deleteUpload, getUpload, type Upload, uploadFiles } from '../api/uploads';
import { type ColumnEdit, mergedColumns, typesToTry } from './columnChoices';
import {
  beginShaping,
  type FlowState,
  loadRequest,
  newTarget,
  type Shaping,
  type Target,
} from './flowState';
import { forgetUpload, keepUpload, keptUpload } from './keptUpload';
import { LoadRun, type RunEnd } from './LoadRun';
import { chosenOptions, type OptionTexts } from './optionTexts';
import { suggestedTable, type TargetName } from './targetName';

const PREVIEW_ROWS = 100;
const TYPING_PAUSE_MS = 350;

/**
 * One way of files into a table: choose, upload, shape, load. It lives outside the page, so that a look at another
 * page loses nothing. Each step knows the state it began in; an answer that comes after another step began is dropped.
 */
export class LoadFlow {
  private state: FlowState = { step: 'choosing' };
  private readonly listeners = new Set<() => void>();
  private readonly transport: Transport;
  /** The table that the page was opened for. */
  private preset: TargetName | null = null;
  private namespace = 'default';
  private abort = new AbortController();
  private previewTimer: ReturnType<typeof setTimeout> | undefined;
  /** What goes on as soon as somebody has signed in again. */
  private parked: (() => void) | null = null;
  private run: LoadRun | null = null;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): FlowState => this.state;

  private set(state: FlowState): void {
    this.state = state;
    for (const listener of this.listeners) {
      listener();
    }
  }

  private change(change: Partial<Shaping>): void {
    if (this.state.step === 'shaping') {
      this.set({ ...this.state, ...change });
    }
  }

  /** Where the next files go unless somebody says otherwise. */
  suggest(namespace: string, preset: TargetName | null): void {
    this.namespace = namespace;
    this.preset = preset;
    if (preset !== null && this.state.step === 'shaping' && this.state.target.mode === 'create') {
      this.setTarget({ ...preset, mode: 'append' });
    }
  }

  busy(): boolean {
    return this.state.step === 'uploading' || this.state.step === 'loading';
  }

  choose(files: File[]): void {
    if (files.length === 0 || this.busy()) {
      return;
    }
    this.startOver();
    void this.upload(files);
  }

  retry(): void {
    if (this.state.step === 'interrupted') {
      void this.upload(this.state.files);
    }
  }

  /** Back to the beginning; an upload that nobody will load is removed. */
  startOver(): void {
    this.abort.abort();
    this.abort = new AbortController();
    clearTimeout(this.previewTimer);
    this.parked = null;
    this.run = null;
    if (this.state.step === 'shaping') {
      void deleteUpload(this.transport, this.state.upload.id).catch(() => undefined);
    }
    forgetUpload();
    this.set({ step: 'choosing' });
  }

  signedIn(): void {
    const resume = this.parked;
    this.parked = null;
    resume?.();
  }

  private async upload(files: File[]): Promise<void> {
    const { signal } = this.abort;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    this.set({ step: 'uploading', files, total, sent: 0, startedAt: Date.now() });
    const onProgress = (sent: number) => {
      if (this.state.step === 'uploading' && !signal.aborted) {
        // A form's own lines are sent too; they are no part of the files.
        this.set({ ...this.state, sent: Math.min(sent, total) });
      }
    };
    try {
      const upload = await uploadFiles(this.transport, files, { signal, onProgress });
      if (signal.aborted) {
        await deleteUpload(this.transport, upload.id).catch(() => undefined);
        return;
      }
      await this.shape(upload);
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      const problem = Problem.from(failure);
      this.set({ step: 'interrupted', files, problem });
      if (problem.status === 401) {
        this.parked = () => this.retry();
      }
    }
  }

  private async shape(upload: Upload): Promise<void> {
    keepUpload(upload.id);
    this.set(beginShaping(upload, this.firstTarget(upload)));
    await this.refresh(true);
  }

  /** After a reload of the page; an upload that is gone by now is no failure. */
  async resume(): Promise<void> {
    const id = keptUpload();
    if (id === null || this.state.step !== 'choosing') {
      return;
    }
    const upload = await getUpload(this.transport, id).catch(() => null);
    if (upload === null) {
      forgetUpload();
    } else if (this.state.step === 'choosing') {
      await this.shape(upload);
    }
  }

  private firstTarget(upload: Upload): Target {
    if (this.preset !== null) {
      return newTarget(this.preset, 'append');
    }
    const table = suggestedTable(upload.files[0]?.name ?? '');
    return newTarget({ namespace: this.namespace, table }, 'create');
  }

  setOption(name: keyof OptionTexts, text: string): void {
    if (this.state.step === 'shaping') {
      this.change({ options: { ...this.state.options, [name]: text }, outcome: null });
      this.refreshSoon(true);
    }
  }

  setColumn(index: number, change: Partial<ColumnEdit>): void {
    if (this.state.step !== 'shaping') {
      return;
    }
    const columns = this.state.columns.map((column, at) =>
      at === index ? { ...column, ...change } : column,
    );
    this.change({ columns });
    if (change.type !== undefined) {
      this.refreshSoon(false);
    }
  }

  includeAll(included: boolean): void {
    if (this.state.step === 'shaping') {
      this.change({ columns: this.state.columns.map((column) => ({ ...column, included })) });
    }
  }

  setTarget(change: Partial<Target>): void {
    if (this.state.step !== 'shaping') {
      return;
    }
    const before = this.state.target;
    const target = { ...before, ...change };
    this.change({ target });
    const other = target.namespace !== before.namespace || target.table !== before.table;
    // What an existing table makes of the file is part of the preview.
    if (target.mode !== before.mode || (other && target.mode !== 'create')) {
      this.refreshSoon(true);
    }
  }

  private refreshSoon(sourcesToo: boolean): void {
    clearTimeout(this.previewTimer);
    this.change({ previewing: true });
    this.previewTimer = setTimeout(() => void this.refresh(sourcesToo), TYPING_PAUSE_MS);
  }

  /** Asks how the file reads now; with changed types once more, so that a type which does not fit says so. */
  private async refresh(sourcesToo: boolean): Promise<void> {
    if (this.state.step !== 'shaping') {
      return;
    }
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.change({ previewing: true });
    try {
      if (sourcesToo || typesToTry(this.state.columns) === undefined) {
        await this.preview(this.state, false, signal);
      }
      if (this.state.step === 'shaping' && typesToTry(this.state.columns) !== undefined) {
        await this.preview(this.state, true, signal);
      }
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      const problem = Problem.from(failure);
      if (problem.status === 401) {
        this.parked = () => void this.refresh(sourcesToo);
      } else {
        this.change({ previewing: false, previewProblem: problem });
      }
    }
  }

  private async preview(shaping: Shaping, typed: boolean, signal: AbortSignal): Promise<void> {
    const { upload, target } = shaping;
    const columns = typed ? typesToTry(shaping.columns) : undefined;
    const request = {
      upload: upload.id,
      options: chosenOptions(shaping.options),
      rows: PREVIEW_ROWS,
      ...(columns === undefined ? {} : { columns }),
      ...(target.mode === 'create'
        ? {}
        : { table: loadRequest(shaping, '').table, mode: target.mode }),
    };
    const preview = await previewLoad(this.transport, request, signal);
    if (signal.aborted || this.state.step !== 'shaping') {
      return;
    }
    this.change({
      preview,
      previewing: false,
      previewProblem: null,
      ...(typed ? {} : { columns: mergedColumns(this.state.columns, preview.columns) }),
    });
  }

  async load(): Promise<void> {
    const shaping = this.state;
    if (shaping.step !== 'shaping') {
      return;
    }
    this.abort.abort();
    clearTimeout(this.previewTimer);
    const id = randomUuid();
    const kept: Shaping = { ...shaping, previewing: false, outcome: null };
    const run = new LoadRun(this.transport, loadRequest(kept, id));
    this.run = run;
    this.set({ step: 'loading', shaping: kept, id, load: null, cancelling: false });
    const end = await run.run((load) => {
      if (this.state.step === 'loading' && this.run === run) {
        this.set({ ...this.state, load });
      }
    });
    if (this.run === run) {
      this.run = null;
      this.ended(kept, end);
    }
  }

  /** Unless it completed it is shaped again: the upload is still there, and so is everything that was chosen. */
  private ended(shaping: Shaping, end: RunEnd): void {
    switch (end.kind) {
      case 'completed':
        forgetUpload();
        this.set({ step: 'done', load: end.load });
        break;
      case 'failed':
        this.set({ ...shaping, outcome: { kind: 'failed', problem: end.problem } });
        break;
      case 'cancelled':
        this.set({ ...shaping, outcome: { kind: 'cancelled' } });
        break;
      case 'unauthenticated':
        this.set(shaping);
        this.parked = () => void this.load();
    }
  }

  async cancelLoad(): Promise<void> {
    const run = this.run;
    if (this.state.step !== 'loading' || run === null) {
      return;
    }
    this.set({ ...this.state, cancelling: true });
    if (!(await run.cancel()) && this.state.step === 'loading' && this.run === run) {
      this.set({ ...this.state, cancelling: false });
    }
  }
}
