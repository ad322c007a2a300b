import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { namespacesQuery, tablesQuery } from '../catalog/queries';
import kit from '../kit/kit.module.css';
import { formatBytes, plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { ColumnsTable } from './ColumnsTable';
import { columnProblem } from './columnChoices';
import type { Outcome, Shaping } from './flowState';
import type { LoadFlow } from './LoadFlow';
import { LoadProblem } from './LoadProblem';
import classes from './load.module.css';
import { OptionsForm } from './OptionsForm';
import { PreviewRows } from './PreviewRows';
import { TargetForm } from './TargetForm';

interface Props {
  flow: LoadFlow;
  state: Shaping;
}

export function ShapeStep({ flow, state }: Props) {
  return (
    <>
      {state.outcome !== null && <LastOutcome flow={flow} state={state} outcome={state.outcome} />}
      <FileCard flow={flow} state={state} />
      <TargetCard flow={flow} state={state} />
    </>
  );
}

/** How the last try ended stands above everything, and is brought into view. */
function LastOutcome({ flow, state, outcome }: Props & { outcome: Outcome }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (outcome !== null) {
      place.current?.scrollIntoView({ block: 'center' });
    }
  }, [outcome]);
  return (
    <div ref={place} className={classes.outcome}>
      {outcome.kind === 'failed' ? (
        <LoadProblem
          problem={outcome.problem}
          {...(state.target.onError === 'stop'
            ? { onSkip: () => flow.setTarget({ onError: 'skip' }) }
            : {})}
        />
      ) : (
        <p role="status" className={kit.lead}>
          Cancelled; nothing was loaded. The files are still here.
        </p>
      )}
    </div>
  );
}

function FileCard({ flow, state }: Props) {
  const { upload, preview, previewProblem, previewing, columns, options } = state;
  const name =
    upload.files.length === 1 ? upload.files[0]?.name : plural(upload.files.length, 'file');
  return (
    <section className={kit.card} aria-label="File" aria-busy={previewing}>
      <div className={classes.fileHead}>
        <h2 className={classes.fileName}>
          {name} <span className={kit.dim}>{formatBytes(upload.bytes)}</span>
        </h2>
        <span role="status" className={kit.dim}>
          {previewing ? 'Reading…' : ''}
        </span>
        <Button size="compact-sm" variant="default" onClick={() => flow.startOver()}>
          Choose other files
        </Button>
      </div>
      <details className={classes.details} open={previewProblem !== null || undefined}>
        <summary>How the file is read</summary>
        <OptionsForm
          texts={options}
          found={preview?.options ?? {}}
          onChange={(option, text) => flow.setOption(option, text)}
        />
      </details>
      {previewProblem !== null && <LoadProblem problem={previewProblem} />}
      {preview !== null && preview.warnings.length > 0 && (
        <ul className={classes.warnings} aria-label="Warnings">
          {preview.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {columns.length > 0 && (
        <ColumnsTable
          columns={columns}
          preview={preview}
          onChange={(index, change) => flow.setColumn(index, change)}
          onIncludeAll={(included) => flow.includeAll(included)}
        />
      )}
      {preview !== null && (
        <PreviewRows
          preview={preview}
          columns={columns}
          stale={previewing || previewProblem !== null}
        />
      )}
    </section>
  );
}

function TargetCard({ flow, state }: Props) {
  const { transport } = useSession();
  const { target, previewing, columns } = state;
  const namespaces = useQuery(namespacesQuery(transport)).data?.items ?? [];
  const known = namespaces.some(({ name }) => name === target.namespace);
  const tables =
    useQuery({ ...tablesQuery(transport, target.namespace), enabled: known }).data?.items ?? [];
  const existing =
    tables.find(({ table }) => table === target.table) ??
    tables.find(({ table }) => table.toLowerCase() === target.table.toLowerCase()) ??
    null;
  const hindrance = targetProblem(state, existing !== null) ?? columnProblem(columns);
  const blocked = hindrance !== null || previewing;
  return (
    <>
      <section className={kit.card} aria-label="Table">
        <h2 className={kit.cardTitle}>Into which table</h2>
        <TargetForm
          target={target}
          namespaces={namespaces.map(({ name }) => name)}
          tables={tables}
          existing={existing}
          onChange={(change) => flow.setTarget(change)}
        />
      </section>
      <div className={classes.submit}>
        <Button
          aria-disabled={blocked}
          {...(blocked ? { 'data-disabled': true } : {})}
          onClick={() => {
            if (!blocked) {
              void flow.load();
            }
          }}
        >
          Load
        </Button>
        <span className={classes.submitHint}>
          {hindrance ?? `into ${target.namespace}.${target.table}`}
        </span>
      </div>
    </>
  );
}

function targetProblem({ target }: Shaping, exists: boolean): string | null {
  if (target.namespace.trim() === '' || target.table.trim() === '') {
    return 'Name the namespace and the table.';
  }
  if (exists && target.mode === 'create') {
    return 'The table exists already: append to it, replace its rows, or choose another name.';
  }
  return null;
}
