import { Problem } from './problem';
import type { Transport } from './transport';

export interface Upload {
  id: string;
  files: { name: string; bytes: number }[];
  bytes: number;
  sha256: string;
  created_at: string;
  expires_at: string;
}

export interface UploadWatch {
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
}

const PATH = '/tarn/v1/uploads';

/**
 * Sends files with a progress that `fetch` cannot give. The session is asked first, so that gigabytes are not sent to
 * be refused; and a connection that breaks asks once more, as a browser reports an early 401 as a broken connection.
 */
export async function uploadFiles(
  transport: Transport,
  files: File[],
  watch: UploadWatch,
): Promise<Upload> {
  await checkSession(transport);
  try {
    return await send(transport, files, watch);
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 0) {
      await checkSession(transport);
    }
    throw failure;
  }
}

export function getUpload(transport: Transport, id: string): Promise<Upload> {
  return transport.json('GET', `${PATH}/${encodeURIComponent(id)}`);
}

export async function deleteUpload(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(id)}`, { keepalive: true });
}

async function checkSession(transport: Transport): Promise<void> {
  try {
    const session = await transport.json<{ csrf_token: string | null }>('GET', '/tarn/v1/session');
    transport.csrfToken = session.csrf_token ?? transport.csrfToken;
  } catch (failure) {
    if (Problem.from(failure).status === 401) {
      transport.onUnauthenticated();
    }
    throw failure;
  }
}

function send(transport: Transport, files: File[], watch: UploadWatch): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const settle = (answer: () => void) => {
      watch.signal.removeEventListener('abort', abort);
      answer();
    };
    request.open('POST', address(files));
    request.setRequestHeader('Accept', 'application/json');
    if (transport.csrfToken !== null) {
      request.setRequestHeader('X-CSRF-Token', transport.csrfToken);
    }
    request.upload.onprogress = ({ loaded }) => watch.onProgress(loaded);
    request.onload = () => settle(() => answered(request, transport, resolve, reject));
    request.onerror = () => settle(() => reject(Problem.unreachable()));
    request.onabort = () => settle(() => reject(new DOMException('Cancelled.', 'AbortError')));
    watch.signal.addEventListener('abort', abort, { once: true });
    if (watch.signal.aborted) {
      request.abort();
      reject(new DOMException('Cancelled.', 'AbortError'));
      return;
    }
    request.send(body(request, files));
  });
}

function address(files: File[]): string {
  const [only] = files;
  return files.length === 1 && only !== undefined
    ? `${PATH}?filename=${encodeURIComponent(only.name)}`
    : PATH;
}

/** One file travels as it is, several as a form; the browser streams both from the disk. */
function body(request: XMLHttpRequest, files: File[]): XMLHttpRequestBodyInit {
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    return only;
  }
  const form = new FormData();
  for (const file of files) {
    form.append('file', file, file.name);
  }
  return form;
}

function answered(
  request: XMLHttpRequest,
  transport: Transport,
  resolve: (upload: Upload) => void,
  reject: (problem: Problem) => void,
): void {
  if (request.status >= 200 && request.status < 300) {
    resolve(JSON.parse(request.responseText) as Upload);
    return;
  }
  const problem = Problem.fromText(
    request.responseText,
    request.status,
    request.getResponseHeader('X-Request-Id'),
  );
  if (problem.status === 401) {
    transport.onUnauthenticated();
  }
  reject(problem);
}
