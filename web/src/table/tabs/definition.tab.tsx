import { useQuery } from '@tanstack/react-query';
import { randomUuid } from '../../api/identifier';
import { Problem } from '../../api/problem';
import { runStatement } from '../../api/statements';
import { Notice } from '../../app/Notice';
import { tableName } from '../../catalog/sqlName';
import { CopyText } from '../../kit/CopyText';
import kit from '../../kit/kit.module.css';
import { OpenStatement } from '../../kit/OpenStatement';
import { useSession } from '../../session/SessionContext';
import { TABLE_KEY } from '../queries';
import type { TableTab, TableTabProps } from '../tableTab';

/** The statement that makes the view; it is told to who may see all of its tables, or manages it. */
function Definition({ table }: TableTabProps) {
  const { transport } = useSession();
  const statement = `show create view ${tableName(table)}`;
  const definition = useQuery({
    queryKey: [...TABLE_KEY, table.name, 'definition', table.updated_at],
    queryFn: async () => {
      const { rows } = await runStatement(transport, randomUuid(), statement);
      return String(rows[0]?.[0] ?? '');
    },
  });
  if (definition.error !== null) {
    return <Notice problem={Problem.from(definition.error)} />;
  }
  if (definition.data === undefined) {
    return (
      <p role="status" className={kit.dim}>
        Loading…
      </p>
    );
  }
  return (
    <section className={kit.card} aria-label="Definition">
      <div className={kit.stack}>
        <CopyText label="The statement that makes it" text={definition.data} />
        <div className={kit.row}>
          <OpenStatement statement={statement} variant="default" size="compact-sm">
            Open in the editor
          </OpenStatement>
        </div>
      </div>
    </section>
  );
}

export default {
  id: 'definition',
  label: 'Definition',
  order: 150,
  Content: Definition,
  only: 'view',
} satisfies TableTab;
