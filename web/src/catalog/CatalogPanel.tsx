import { ActionIcon } from '@mantine/core';
import type { Table } from '../api/catalog';
import { RefreshIcon } from '../app/icons';
import { Notice } from '../app/Notice';
import { Link } from '../app/routing';
import { May } from '../manage/May';
import { CatalogTree } from './CatalogTree';
import classes from './CatalogTree.module.css';
import { DroppedTables } from './DroppedTables';
import { type CatalogTreeModel, useCatalogTree } from './useCatalogTree';

interface Props {
  onQuery: (table: Table) => void;
  onInsert: (text: string) => void;
}

export function CatalogPanel({ onQuery, onInsert }: Props) {
  const catalog = useCatalogTree();
  return (
    <div className={classes.panel}>
      <div className={classes.tools}>
        <input
          className={classes.filter}
          type="search"
          placeholder="Filter tables"
          aria-label="Filter tables"
          spellCheck={false}
          value={catalog.filter}
          onChange={(event) => catalog.setFilter(event.currentTarget.value)}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Reload the catalog"
          title="Reload the catalog"
          onClick={() => catalog.refresh()}
        >
          <RefreshIcon />
        </ActionIcon>
      </div>
      {catalog.problem !== null && (
        <div className={classes.failure}>
          <Notice problem={catalog.problem} />
        </div>
      )}
      {catalog.nodes.length > 0 ? (
        <CatalogTree
          nodes={catalog.nodes}
          onToggle={catalog.toggle}
          onRetry={catalog.refresh}
          onQuery={onQuery}
          onInsert={onInsert}
        />
      ) : (
        <p className={classes.empty}>{emptyWords(catalog)}</p>
      )}
      <May verb="create" on="catalog:iceberg">
        <Link to="/adopt" className={classes.dropped}>
          Adopt tables…
        </Link>
      </May>
      <DroppedTables />
    </div>
  );
}

function emptyWords({ loading, problem, filter }: CatalogTreeModel): string {
  if (loading) {
    return 'Loading…';
  }
  if (filter.trim() !== '') {
    return 'No table matches.';
  }
  return problem === null
    ? 'No tables yet. Load one: tarn load FILE --table iceberg.shop.orders'
    : '';
}
