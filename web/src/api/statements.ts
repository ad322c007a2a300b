import { parseLossless } from './losslessJson';
import { Problem } from './problem';
import type { Transport } from './transport';

export interface ResultColumn {
  name: string;
  type: string;
}

export interface StatementResult {
  id: string;
  status: 'completed';
  columns: ResultColumn[];
  rows: unknown[][];
  row_count: number;
  elapsed_ms: number;
  bytes_scanned: number;
  /** See `LosslessDocument.marker`. */
  marker: string | null;
}

/** A person watches and can cancel, so a statement of the console may run longer than the server's default. */
export const STATEMENT_TIMEOUT_MS = 600_000;

export async function runStatement(
  transport: Transport,
  id: string,
  statement: string,
): Promise<StatementResult> {
  const text = await transport.text('POST', '/tarn/v1/statements', {
    body: { id, statement, timeout_ms: STATEMENT_TIMEOUT_MS },
  });
  const { value, marker } = parseLossless(text);
  return { ...(value as Omit<StatementResult, 'marker'>), marker };
}

/** True when the server cancelled it; false when it no longer ran, or had not begun. */
export async function cancelStatement(
  transport: Transport,
  id: string,
  keepalive = false,
): Promise<boolean> {
  try {
    await transport.send('DELETE', `/tarn/v1/statements/${id}`, { keepalive });
    return true;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) {
      return false;
    }
    throw failure;
  }
}
