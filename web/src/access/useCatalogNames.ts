import { useQueries, useQuery } from '@tanstack/react-query';
import { namespacesQuery, tablesQuery } from '../catalog/queries';
import { namespaceName } from '../catalog/sqlName';
import { useSession } from '../session/SessionContext';

const CATALOG = 'iceberg';
/** A field that is typed into must not load a whole lakehouse. */
const NAMESPACES_LOOKED_AT = 20;

/** Full names of the catalog that may be meant, for a list under a field. */
export function useCatalogNames(kind: string, typed: string): string[] {
  const { transport } = useSession();
  const wanted = kind === 'table' || kind === 'namespace';
  const namespaces = useQuery({ ...namespacesQuery(transport), enabled: wanted });
  const names = namespaces.data?.items.map(({ name }) => name) ?? [];
  const meant = names.filter((name) => typed.startsWith(`${CATALOG}.${namespaceName(name)}.`));
  const looked = meant.length > 0 ? meant : names.slice(0, NAMESPACES_LOOKED_AT);
  const tables = useQueries({
    queries: kind === 'table' ? looked.map((name) => tablesQuery(transport, name)) : [],
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  });
  switch (kind) {
    case 'catalog':
      return [CATALOG];
    case 'namespace':
      return names.map((name) => `${CATALOG}.${namespaceName(name)}`);
    case 'table':
      return tables.map(({ name }) => name);
    default:
      return [];
  }
}
