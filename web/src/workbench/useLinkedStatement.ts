import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { readSaved, type SavedStatement } from '../api/savedStatements';
import { useNavigate, useParams } from '../app/routing';
import { useSession } from '../session/SessionContext';

/** Opens the saved statement of the address; it does not run it: a link may come from anybody. */
export function useLinkedStatement(open: (saved: SavedStatement) => void): Problem | null {
  const { transport, state } = useSession();
  const { id } = useParams();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem | null>(null);
  const { status } = state;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is opened once an address
  useEffect(() => {
    if (id === undefined || status !== 'signed-in') {
      return;
    }
    let asked = true;
    readSaved(transport, id).then(
      (saved) => {
        if (asked) {
          open(saved);
          void navigate({ to: '/', replace: true });
        }
      },
      (failure) => asked && setProblem(Problem.from(failure)),
    );
    return () => {
      asked = false;
    };
  }, [transport, id, status]);
  return problem;
}
