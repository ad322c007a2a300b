import type { ReactNode } from 'react';
import { useMay } from '../manage/places';

const EVERYWHERE = [{ verb: 'grant', on: 'catalog:*' }];

/** What is of use to whoever may grant on that. An administrator may everywhere, and is not asked about row by row. */
export function MayGrant({ on, children }: { on: string; children: ReactNode }) {
  const [everywhere] = useMay(EVERYWHERE);
  const [here] = useMay(everywhere === false ? [{ verb: 'grant', on }] : []);
  return everywhere === true || here === true ? children : null;
}
