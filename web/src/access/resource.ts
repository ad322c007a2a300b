import { namespaceName } from '../catalog/sqlName';

export const EVERYTHING = '*';

/** Sorts of things that rights are given on; those with rows first. */
export const KINDS = [
  'table',
  'namespace',
  'catalog',
  'statement',
  'load',
  'key',
  'workspace',
  'user',
  'role',
  'grant',
  'tenant',
  'setting',
  'secret',
  'audit',
  'usage',
  'dataset',
  'agent',
  'pipeline',
  'model',
  'job',
] as const;

export interface ResourceParts {
  kind: string;
  name: string;
}

/** `kind:name` in its parts; `*` is everything. */
export function resourceParts(text: string): ResourceParts {
  if (text.trim() === EVERYTHING) {
    return { kind: EVERYTHING, name: '' };
  }
  const colon = text.indexOf(':');
  return colon < 0
    ? { kind: 'table', name: text }
    : { kind: text.slice(0, colon), name: text.slice(colon + 1) };
}

export function resourceText({ kind, name }: ResourceParts): string {
  return kind === EVERYTHING ? EVERYTHING : `${kind}:${name}`;
}

/** The full name of the one table that a resource is; null for anything else. */
export function tableOf(resource: string): string | null {
  const { kind, name } = resourceParts(resource);
  return kind === 'table' && name.trim() !== '' && name.trim() !== EVERYTHING ? name.trim() : null;
}

interface TableName {
  name: string;
  namespace: string;
}

/** The resources on which a grant holds for the table: itself first, then what holds it, from the inside out. */
export function holders({ name, namespace }: TableName, catalog = 'iceberg'): string[] {
  const levels = namespace.split('.');
  const namespaces = levels.map(
    (_, at) =>
      `namespace:${catalog}.${namespaceName(levels.slice(0, levels.length - at).join('.'))}`,
  );
  return [
    `table:${name}`,
    'table:*',
    ...namespaces,
    'namespace:*',
    `catalog:${catalog}`,
    'catalog:*',
    EVERYTHING,
  ];
}
