import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Namespace } from '../api/catalog';
import { Problem } from '../api/problem';
import { useSession } from '../session/SessionContext';
import { CATALOG_KEY, namespacesQuery, tablesQuery } from './queries';
import { type Branch, flattenTree, namespaceId, type TreeNode } from './tree';

/** A small lakehouse shows its tables at once; a large one waits to be asked. */
const TABLES_OPEN_AT_FIRST = 40;
/** A filter looks into at most this many namespaces. */
const FILTERED_NAMESPACES = 50;

export interface CatalogTreeModel {
  nodes: TreeNode[];
  loading: boolean;
  problem: Problem | null;
  filter: string;
  setFilter: (filter: string) => void;
  toggle: (id: string) => void;
  refresh: (namespace?: string) => void;
}

export function useCatalogTree(): CatalogTreeModel {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const listing = useQuery(namespacesQuery(transport));
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');

  const namespaces = useMemo(() => listing.data?.items ?? [], [listing.data]);
  const expanded = useMemo(
    () => symmetricDifference(openAtFirst(namespaces), toggled),
    [namespaces, toggled],
  );

  const opened = useMemo(() => {
    const names = namespaces.map(({ name }) => name);
    return filter.trim() === ''
      ? names.filter((name) => expanded.has(namespaceId(name)))
      : names.slice(0, FILTERED_NAMESPACES);
  }, [namespaces, expanded, filter]);

  const branches = useQueries({
    queries: opened.map((namespace) => tablesQuery(transport, namespace)),
    combine: (results) => results.map(({ data, error }) => ({ data, error })),
  });

  const nodes = useMemo(() => {
    const found = new Map<string, Branch>();
    opened.forEach((namespace, index) => {
      const result = branches[index];
      if (result?.data !== undefined) {
        found.set(namespace, { status: 'loaded', tables: result.data });
      } else if (result?.error != null) {
        found.set(namespace, { status: 'failed', message: Problem.from(result.error).message });
      }
    });
    return flattenTree({
      namespaces: filter.trim() === '' ? namespaces : namespaces.slice(0, FILTERED_NAMESPACES),
      branch: (namespace) => found.get(namespace) ?? { status: 'loading' },
      expanded,
      filter,
    });
  }, [namespaces, opened, branches, expanded, filter]);

  return {
    nodes,
    loading: listing.isPending,
    problem: listing.error === null ? null : Problem.from(listing.error),
    filter,
    setFilter,
    toggle: (id) => setToggled((before) => symmetricDifference(before, new Set([id]))),
    refresh: (namespace) => {
      const queryKey =
        namespace === undefined ? CATALOG_KEY : tablesQuery(transport, namespace).queryKey;
      void queryClient.invalidateQueries({ queryKey });
    },
  };
}

function openAtFirst(namespaces: Namespace[]): Set<string> {
  const ids = new Set<string>();
  let tables = 0;
  for (const { name, table_count } of namespaces) {
    if (tables + table_count <= TABLES_OPEN_AT_FIRST) {
      tables += table_count;
      ids.add(namespaceId(name));
    }
  }
  return ids;
}

function symmetricDifference(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  const result = new Set(a);
  for (const id of b) {
    if (!result.delete(id)) {
      result.add(id);
    }
  }
  return result;
}
