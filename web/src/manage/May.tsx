import type { ReactNode } from 'react';
import { useMay } from './places';

interface Props {
  verb: string;
  on: string;
  children: ReactNode;
}

/** What is of use to whoever may do that; the server decides, this only spares a refusal. */
export function May({ verb, on, children }: Props) {
  const [may] = useMay([{ verb, on }]);
  return may === true ? children : null;
}
