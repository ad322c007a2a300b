import type { Column } from '../api/catalog';
import { RowButton } from '../kit/RowButton';
import manage from '../manage/manage.module.css';
import type { Evolution } from './EvolveDialog';
import { widerTypes } from './evolution';

interface Props {
  column: Column;
  onEvolve: (evolution: Evolution) => void;
}

/** What can become of a column. */
export function ColumnMenu({ column, onEvolve }: Props) {
  const { name } = column;
  return (
    <div className={manage.rowActions}>
      <RowButton name={`Rename ${name}`} onClick={() => onEvolve({ kind: 'rename', column })}>
        Rename…
      </RowButton>
      {widerTypes(column.type).length > 0 && (
        <RowButton
          name={`A wider type for ${name}`}
          onClick={() => onEvolve({ kind: 'widen', column })}
        >
          Widen…
        </RowButton>
      )}
      <RowButton name={`Drop ${name}`} onClick={() => onEvolve({ kind: 'drop', column })}>
        Drop…
      </RowButton>
    </div>
  );
}
