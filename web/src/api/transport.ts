import { Problem } from './problem';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Exchange {
  body?: unknown;
  signal?: AbortSignal;
  keepalive?: boolean;
  /** What the answer may be; JSON when not given. */
  accept?: string;
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/**
 * The one way to the server. It adds the CSRF token of the cookie session, which lives in this object's
 * memory alone, and turns every failure into a `Problem`.
 */
export class Transport {
  csrfToken: string | null = null;
  /** Called when a call other than signing in learns that the session is over. */
  onUnauthenticated: () => void = () => {};
  /** Called when a write was forbidden; true when the token was stale (a sign-in in another tab) and is new now. */
  renewToken: () => Promise<boolean> = async () => false;
  private readonly fetch: Fetch;

  constructor(fetch: Fetch = (input, init) => globalThis.fetch(input, init)) {
    this.fetch = fetch;
  }

  async json<T>(method: Method, path: string, exchange: Exchange = {}): Promise<T> {
    const response = await this.send(method, path, exchange);
    return (await response.json()) as T;
  }

  async text(method: Method, path: string, exchange: Exchange = {}): Promise<string> {
    const response = await this.send(method, path, exchange);
    return response.text();
  }

  async send(method: Method, path: string, exchange: Exchange = {}): Promise<Response> {
    let response = await this.attempt(method, path, exchange);
    if (response.status === 403 && method !== 'GET' && (await this.renewToken())) {
      response = await this.attempt(method, path, exchange);
    }
    if (response.ok) {
      return response;
    }
    const problem = await Problem.fromResponse(response);
    if (problem.status === 401 && path !== '/tarn/v1/session') {
      this.onUnauthenticated();
    }
    throw problem;
  }

  private async attempt(method: Method, path: string, exchange: Exchange): Promise<Response> {
    try {
      return await this.fetch(path, this.request(method, exchange));
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === 'AbortError') {
        throw failure;
      }
      throw Problem.unreachable();
    }
  }

  private request(method: Method, exchange: Exchange): RequestInit {
    const headers: Record<string, string> = {
      Accept: exchange.accept ?? 'application/json',
    };
    if (exchange.body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (method !== 'GET' && this.csrfToken !== null) {
      headers['X-CSRF-Token'] = this.csrfToken;
    }
    return {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
      ...(exchange.signal === undefined ? {} : { signal: exchange.signal }),
      ...(exchange.keepalive === undefined ? {} : { keepalive: exchange.keepalive }),
    };
  }
}
