/** Paths of the console; `$name` stands for what `params` gives. */
export type Path =
  | '/'
  | '/s/$id'
  | '/load'
  | '/adopt'
  | '/tables/$name'
  | '/health'
  | '/keys'
  | '/account'
  | '/activity'
  | '/users'
  | '/roles'
  | '/grants'
  | '/access'
  | '/audit'
  | '/usage'
  | '/tenants'
  | '/settings';

export interface Search {
  table?: string;
  tab?: string;
  column?: string;
  view?: string;
  verb?: string;
  on?: string;
  to?: string;
  user?: string;
  q?: string;
}

export interface Destination {
  to: Path;
  params?: Record<string, string>;
  search?: Search;
  replace?: boolean;
}

export interface Place {
  pathname: string;
  search: Search;
}

const SEARCHED = ['table', 'tab', 'column', 'view', 'verb', 'on', 'to', 'user', 'q'] as const;

export function hrefOf({ to, params = {}, search = {} }: Destination): string {
  const path = to.replace(/\$(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const name of SEARCHED) {
    const value = search[name];
    if (value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export function placeOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const query = new URLSearchParams(search);
  const found: Search = {};
  for (const name of SEARCHED) {
    const value = query.get(name);
    if (value !== null && value !== '') {
      found[name] = value;
    }
  }
  return { pathname, search: found };
}

/** What stands in place of the `$name`s; null when the path is another one. */
export function matchPath(path: Path, pathname: string): Record<string, string> | null {
  const wanted = path.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) {
    return null;
  }
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? '';
    if (!part.startsWith('$')) {
      if (part !== value) {
        return null;
      }
    } else {
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    }
  }
  return params;
}
