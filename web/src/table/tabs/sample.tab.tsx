import { useQuery } from '@tanstack/react-query';
import { randomUuid } from '../../api/identifier';
import { Problem } from '../../api/problem';
import { runStatement } from '../../api/statements';
import { Notice } from '../../app/Notice';
import { tableName } from '../../catalog/sqlName';
import kit from '../../kit/kit.module.css';
import { OpenStatement } from '../../kit/OpenStatement';
import { plural } from '../../results/figures';
import { GridView } from '../../results/GridView';
import { useSession } from '../../session/SessionContext';
import classes from '../table.module.css';
import type { TableTab, TableTabProps } from '../tableTab';

const ROWS = 100;

function Sample({ table }: TableTabProps) {
  const { transport } = useSession();
  const statement = `select * from ${tableName(table)} limit ${ROWS}`;
  const sample = useQuery({
    queryKey: ['table', table.name, 'sample', table.snapshot_id],
    queryFn: () => runStatement(transport, randomUuid(), statement),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (sample.error !== null) {
    return <Notice problem={Problem.from(sample.error)} />;
  }
  return (
    <div className={kit.stack}>
      <div className={kit.row}>
        <span role="status" className={kit.dim}>
          {sample.data === undefined
            ? 'Reading the first rows…'
            : `The first ${plural(sample.data.rows.length, 'row')}`}
        </span>
        <OpenStatement statement={statement} variant="default" size="compact-sm">
          Open in the editor
        </OpenStatement>
      </div>
      {sample.data !== undefined && (
        <div className={classes.sample}>
          <GridView result={sample.data} />
        </div>
      )}
    </div>
  );
}

export default { id: 'sample', label: 'Sample', order: 200, Content: Sample } satisfies TableTab;
