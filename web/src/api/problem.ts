/** Where in the statement's text a failure lies; line and column from 1, offset from 0, all in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
  offset: number;
  length: number;
}

interface ProblemBody {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  request_id?: string;
  position?: Position;
  file?: string | null;
  line?: number | null;
  column?: string | null;
  value?: string | null;
  verb?: string;
  resource?: string;
}

/** What the caller may not do. */
export interface Denied {
  verb: string;
  on: string;
}

/** Where in a file a load met what it could not take; the line counts from 1. */
export interface FilePlace {
  file: string | null;
  line: number | null;
  column: string | null;
  value: string | null;
}

/** A failure as the server describes it (RFC 9457), or one of ours: `unreachable`, `unreadable_answer`. */
export class Problem extends Error {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly position: Position | null;
  readonly place: FilePlace | null;
  readonly denied: Denied | null;

  constructor(body: ProblemBody, status: number) {
    super(body.detail ?? body.title ?? `The server answered with status ${status}.`);
    this.name = 'Problem';
    this.code = body.code ?? 'internal';
    this.title = body.title ?? 'Request failed';
    this.status = body.status ?? status;
    this.requestId = body.request_id ?? null;
    this.position = body.position ?? null;
    this.place = placeInFile(body);
    this.denied = deniedBy(body, this.status);
  }

  /** The same failure at another place, for a text of which the statement was a part. */
  at(position: Position): Problem {
    const moved = new Problem(
      { detail: this.message, code: this.code, title: this.title, position },
      this.status,
    );
    return Object.assign(moved, { requestId: this.requestId, denied: this.denied });
  }

  static unreachable(): Problem {
    return new Problem(
      {
        code: 'unreachable',
        title: 'Server not reached',
        detail: 'The server did not answer. Check that it runs, then try again.',
      },
      0,
    );
  }

  static async fromResponse(response: Response): Promise<Problem> {
    const requestId = response.headers.get('X-Request-Id');
    const text = await response.text().catch(() => '');
    return Problem.fromText(text, response.status, requestId);
  }

  static fromText(text: string, status: number, requestId: string | null): Problem {
    const body = parseBody(text);
    return new Problem(requestId === null ? body : { request_id: requestId, ...body }, status);
  }

  static from(failure: unknown): Problem {
    if (failure instanceof Problem) {
      return failure;
    }
    const detail = failure instanceof Error ? failure.message : String(failure);
    return new Problem({ code: 'unreadable_answer', title: 'Answer not understood', detail }, 0);
  }
}

function deniedBy({ verb, resource }: ProblemBody, status: number): Denied | null {
  return status !== 403 || verb === undefined || resource === undefined
    ? null
    : { verb, on: resource };
}

function placeInFile({ file, line, column, value }: ProblemBody): FilePlace | null {
  return line == null && column == null && value == null
    ? null
    : { file: file ?? null, line: line ?? null, column: column ?? null, value: value ?? null };
}

function parseBody(text: string): ProblemBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}
