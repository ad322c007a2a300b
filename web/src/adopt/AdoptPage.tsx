import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { startAdoption } from '../api/adoptions';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import { useNavigate, useSearch } from '../app/routing';
import { Page } from '../kit/Page';
import { useSession } from '../session/SessionContext';
import { AdoptionRun } from './AdoptionRun';
import { ADOPTIONS_KEY, EarlierAdoptions } from './EarlierAdoptions';
import { SourceForm } from './SourceForm';
import { EMPTY, type Source, wantedOf } from './wanted';

/** Tables that exist elsewhere: look, choose, register. The address names the adoption that is shown. */
export function AdoptPage() {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { view } = useSearch();
  const [source, setSource] = useState<Source>(EMPTY);
  /** What the adoption that is shown was asked with; its secret is nowhere else. */
  const [asked, setAsked] = useState<{ id: string; source: Source } | null>(null);
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function start(from: Source, tables: string[] | null) {
    const { id } = await startAdoption(transport, wantedOf(from, tables));
    setAsked({ id, source: from });
    void queryClient.invalidateQueries({ queryKey: [...ADOPTIONS_KEY, 'list'] });
    await navigate({ to: '/adopt', search: { view: id }, replace: true });
  }

  async function look() {
    setWaiting(true);
    setProblem(null);
    try {
      await start(source, null);
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
    setWaiting(false);
  }

  return (
    <Page
      title="Adopt tables"
      lead="Iceberg tables that exist elsewhere become tables here, where they are. No file is copied, moved or deleted; from then on they are written through this server, or by engines attached to it."
    >
      <SourceForm
        source={source}
        waiting={waiting}
        onChange={(change) => setSource({ ...source, ...change })}
        onSubmit={() => void look()}
      />
      {problem !== null && <Notice problem={problem} />}
      {view !== undefined && (
        <AdoptionRun
          key={view}
          id={view}
          onRegister={asked?.id === view ? (tables) => start(asked.source, tables) : null}
        />
      )}
      <EarlierAdoptions />
    </Page>
  );
}
