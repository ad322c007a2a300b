import { withQuery } from './query';
import type { ParameterValue } from './statements';
import type { Transport } from './transport';

export interface SavedStatement {
  id: string;
  name: string;
  description: string | null;
  statement: string;
  parameters: Record<string, ParameterValue> | null;
  /** Whatever the console wrote there. */
  chart: unknown;
  shared: boolean;
  user: { id: string; name: string };
  version: number;
  created_at: string;
  updated_at: string;
}

export interface SavedStatementDraft {
  name: string;
  description: string;
  statement: string;
  parameters: Record<string, ParameterValue>;
  chart: unknown;
  shared: boolean;
}

export interface SavedPage {
  saved_statements: SavedStatement[];
  next_cursor: string | null;
}

const PATH = '/tarn/v1/saved-statements';

export function listSaved(
  transport: Transport,
  text: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<SavedPage> {
  return transport.json('GET', withQuery(PATH, { q: text, cursor, limit: 50 }), { signal });
}

export function readSaved(transport: Transport, id: string): Promise<SavedStatement> {
  return transport.json('GET', pathOf(id));
}

export function createSaved(
  transport: Transport,
  draft: SavedStatementDraft,
): Promise<SavedStatement> {
  return transport.json('POST', PATH, { body: draft });
}

/** `version` is that of the one read; the server answers 409 when it moved on since. */
export function replaceSaved(
  transport: Transport,
  id: string,
  version: number,
  draft: SavedStatementDraft,
): Promise<SavedStatement> {
  return transport.json('PUT', pathOf(id), { body: { ...draft, version } });
}

export async function deleteSaved(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', pathOf(id));
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
