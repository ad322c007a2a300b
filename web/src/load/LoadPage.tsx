import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useBlocker, useSearch } from '../app/routing';
import { CATALOG_KEY, namespacesQuery } from '../catalog/queries';
import kit from '../kit/kit.module.css';
import { LeaveDialog } from '../kit/LeaveDialog';
import { Page } from '../kit/Page';
import { useSession } from '../session/SessionContext';
import { ChooseFiles } from './ChooseFiles';
import { flowFor } from './currentFlow';
import type { LoadFlow } from './LoadFlow';
import { LoadProgress } from './LoadProgress';
import { LoadResult } from './LoadResult';
import { onPending, takePending } from './pendingFiles';
import { ShapeStep } from './ShapeStep';
import { splitTarget } from './targetName';
import { UploadInterrupted, UploadProgress } from './UploadProgress';

const NAMESPACE_KEY = 'tarn.load_namespace';

export function LoadPage() {
  const { transport, state: session } = useSession();
  const signedIn = session.status === 'signed-in' || session.status === 'expired';
  if (!signedIn) {
    return null;
  }
  return <Steps flow={flowFor(transport, session.session.user.id)} />;
}

function Steps({ flow }: { flow: LoadFlow }) {
  const state = useSyncExternalStore(flow.subscribe, flow.snapshot);
  const blocker = useBlocker(() => flow.snapshot().step === 'uploading');
  useTarget(flow);
  const refused = useDroppedFiles(flow);
  useSignedInAgain(flow);
  useFreshCatalog(flow);
  return (
    <Page
      title="Load files"
      lead="Files become a table: look at what was found, correct it, load it. One commit, all or nothing."
    >
      {refused && flow.busy() && (
        <p role="status" className={kit.lead}>
          One after the other: drop the files again when this has ended.
        </p>
      )}
      <Step flow={flow} />
      <LeaveDialog
        opened={blocker.blocked}
        title="Leave in the middle of the upload?"
        onStay={blocker.stay}
        onLeave={() => {
          flow.startOver();
          blocker.leave();
        }}
      >
        {state.step === 'uploading' && 'What has been sent so far is dropped.'}
      </LeaveDialog>
    </Page>
  );
}

function Step({ flow }: { flow: LoadFlow }) {
  const state = useSyncExternalStore(flow.subscribe, flow.snapshot);
  switch (state.step) {
    case 'choosing':
      return <ChooseFiles onFiles={(files) => flow.choose(files)} />;
    case 'uploading':
      return <UploadProgress state={state} onCancel={() => flow.startOver()} />;
    case 'interrupted':
      return (
        <UploadInterrupted
          state={state}
          onRetry={() => flow.retry()}
          onStartOver={() => flow.startOver()}
        />
      );
    case 'shaping':
      return <ShapeStep flow={flow} state={state} />;
    case 'loading':
      return <LoadProgress state={state} onCancel={() => void flow.cancelLoad()} />;
    case 'done':
      return <LoadResult load={state.load} onAgain={() => flow.startOver()} />;
  }
}

/** The table of the address; else a new one beside the last one loaded. */
function useTarget(flow: LoadFlow): void {
  const { transport } = useSession();
  const { table } = useSearch();
  const namespaces = useQuery(namespacesQuery(transport)).data?.items;
  useEffect(() => {
    const namespace = localStorage.getItem(NAMESPACE_KEY) ?? namespaces?.[0]?.name ?? 'default';
    flow.suggest(namespace, table === undefined ? null : splitTarget(table));
  }, [flow, table, namespaces]);
}

/** True when files came while others were on their way. */
function useDroppedFiles(flow: LoadFlow): boolean {
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const take = () => {
      const files = takePending();
      setRefused(files.length > 0 && flow.busy());
      flow.choose(files);
    };
    take();
    return onPending(take);
  }, [flow]);
  return refused;
}

function useSignedInAgain(flow: LoadFlow): void {
  const { status } = useSession().state;
  useEffect(() => {
    if (status === 'signed-in') {
      flow.signedIn();
    }
  }, [flow, status]);
}

/** What was loaded shows in the tree at once. */
function useFreshCatalog(flow: LoadFlow): void {
  const queryClient = useQueryClient();
  const state = useSyncExternalStore(flow.subscribe, flow.snapshot);
  const load = state.step === 'done' ? state.load : null;
  useEffect(() => {
    if (load !== null) {
      localStorage.setItem(NAMESPACE_KEY, splitTarget(load.table).namespace);
      void queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
      void queryClient.invalidateQueries({ queryKey: ['table'] });
      void queryClient.invalidateQueries({ queryKey: ['activity'] });
    }
  }, [load, queryClient]);
}
