import { Link } from '../../app/routing';
import { CopyText } from '../../kit/CopyText';
import kit from '../../kit/kit.module.css';
import { OpenStatement } from '../../kit/OpenStatement';
import { loadSnippets, readStatement, snippets } from '../snippets';
import type { TableTab, TableTabProps } from '../tableTab';

function Use({ table }: TableTabProps) {
  const server = location.origin;
  return (
    <>
      <section className={kit.card} aria-label="Read it">
        <div className={kit.stack}>
          <div className={kit.row}>
            <h2 className={kit.cardTitle}>Read it</h2>
            <OpenStatement statement={readStatement(table)} variant="default" size="compact-sm">
              Open in the editor
            </OpenStatement>
          </div>
          <p className={kit.lead}>
            The command line and HTTP need a key in TARN_KEY; make one under{' '}
            <Link className={kit.link} to="/keys">
              Keys
            </Link>
            .
          </p>
          {snippets(table, server).map(({ label, text }) => (
            <CopyText key={label} label={label} text={text} />
          ))}
        </div>
      </section>
      {table.kind === 'table' && (
        <section className={kit.card} aria-label="Add rows to it">
          <div className={kit.stack}>
            <h2 className={kit.cardTitle}>Add rows to it</h2>
            {loadSnippets(table, server).map(({ label, text }) => (
              <CopyText key={label} label={label} text={text} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}

export default { id: 'use', label: 'Use it', order: 500, Content: Use } satisfies TableTab;
