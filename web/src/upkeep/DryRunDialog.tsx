import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Problem } from '../api/problem';
import type { TableDetail } from '../api/tables';
import type { Transport } from '../api/transport';
import { cancelUpkeep, startUpkeep, type UpkeepJob, type WantedUpkeep } from '../api/upkeep';
import { FormDialog } from '../kit/FormDialog';
import { useSession } from '../session/SessionContext';
import { TABLE_KEY } from '../table/queries';
import classes from './upkeep.module.css';
import { waitFor } from './waitFor';

interface Props {
  table: TableDetail;
  title: string;
  /** Null while the fields do not say it. */
  wanted: WantedUpkeep | null;
  /** What the button says that does it, and whether there is anything to do. */
  action: (result: Record<string, unknown>) => { label: string; useful: boolean };
  told: (result: Record<string, unknown>) => ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** First looks what would go, then asks whether it may; another wish is another look. */
export function DryRunDialog(props: Props) {
  const { table, title, wanted, action, told, onClose, children } = props;
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [seen, setSeen] = useState<{ of: string; result: Record<string, unknown> } | null>(null);
  const looking = useLooking(transport);
  const of = JSON.stringify(wanted);
  const result = seen !== null && seen.of === of ? seen.result : null;
  const next = result === null ? { label: 'Show what would go', useful: true } : action(result);

  async function submit() {
    if (wanted === null) {
      return;
    }
    if (result === null) {
      const found = await looking.look(() =>
        startUpkeep(transport, table.name, { ...wanted, dry_run: true }),
      );
      setSeen({ of, result: found });
      return;
    }
    await startUpkeep(transport, table.name, wanted);
    await queryClient.invalidateQueries({ queryKey: [...TABLE_KEY, table.name, 'upkeep'] });
    onClose();
  }

  return (
    <FormDialog
      opened
      title={title}
      action={next.label}
      danger={result !== null}
      cancel={{ label: 'Close', focused: false }}
      ready={wanted !== null && next.useful}
      onSubmit={submit}
      onClose={onClose}
    >
      {children}
      <div role="status">
        {result !== null && <div className={classes.preview}>{told(result)}</div>}
      </div>
    </FormDialog>
  );
}

/** A look that nobody waits for any more is ended, so that it keeps no other job away. */
function useLooking(transport: Transport) {
  const open = useRef<{ job: UpkeepJob | null; left: boolean }>({ job: null, left: false });
  useEffect(() => {
    const state = open.current;
    state.left = false;
    return () => {
      state.left = true;
      if (state.job !== null) {
        void cancelUpkeep(transport, state.job.id).catch(() => {});
      }
    };
  }, [transport]);
  return {
    look: async (start: () => Promise<UpkeepJob>): Promise<Record<string, unknown>> => {
      const state = open.current;
      try {
        state.job = await start();
        if (state.left) {
          void cancelUpkeep(transport, state.job.id).catch(() => {});
        }
        const over = await waitFor(transport, state.job, () => !state.left);
        if (over.state !== 'completed' || over.result === null) {
          throw new Problem(
            { title: 'Not completed', detail: over.error?.detail ?? `The look was ${over.state}.` },
            0,
          );
        }
        return over.result;
      } finally {
        state.job = null;
      }
    },
  };
}
