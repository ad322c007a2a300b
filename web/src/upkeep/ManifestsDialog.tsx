import type { TableDetail } from '../api/tables';
import type { TableHealth } from '../api/upkeep';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { plural } from '../results/figures';
import { useStart } from './useStart';

interface Props {
  table: TableDetail;
  health: TableHealth;
  onClose: () => void;
}

export function ManifestsDialog({ table, health, onClose }: Props) {
  const start = useStart(table, onClose);
  return (
    <FormDialog
      opened
      title={`Rewrite the manifests of ${table.namespace}.${table.table}`}
      action="Rewrite"
      cancel={{ label: 'Close', focused: false }}
      onSubmit={() => start({ operation: 'rewrite_manifests' })}
      onClose={onClose}
    >
      <p className={kit.lead}>
        {plural(health.files.manifests, 'manifest')}{' '}
        {health.files.manifests === 1 ? 'lists' : 'list'} {plural(health.files.count, 'data file')}.
        They become few, each of neighbouring partitions, so that a statement plans faster. No data
        file is touched.
      </p>
    </FormDialog>
  );
}
