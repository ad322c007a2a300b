import { withQuery } from './query';
import type { Transport } from './transport';

export interface SearchResult {
  kind: 'table' | 'column' | 'saved_statement';
  table?: string | null;
  column?: string | null;
  id?: string | null;
  name: string;
  description: string | null;
  type?: string | null;
}

export function search(
  transport: Transport,
  text: string,
  signal: AbortSignal,
): Promise<{ results: SearchResult[] }> {
  return transport.json('GET', withQuery('/tarn/v1/search', { q: text, limit: 30 }), { signal });
}
