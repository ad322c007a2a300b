import type { Transport } from './transport';

interface Named {
  id: string;
  name: string;
}

export interface Session {
  user: Named;
  tenant: Named;
  workspace: Named;
  roles: string[];
  csrf_token: string | null;
}

export type Credential = { key: string } | { username: string; password: string };

const PATH = '/tarn/v1/session';

export async function signIn(transport: Transport, credential: Credential): Promise<Session> {
  transport.csrfToken = null;
  return adopt(transport, await transport.json<Session>('POST', PATH, { body: credential }));
}

export async function resumeSession(transport: Transport): Promise<Session> {
  return adopt(transport, await transport.json<Session>('GET', PATH));
}

export async function signOut(transport: Transport): Promise<void> {
  await transport.send('DELETE', PATH);
  transport.csrfToken = null;
}

function adopt(transport: Transport, session: Session): Session {
  transport.csrfToken = session.csrf_token;
  return session;
}
