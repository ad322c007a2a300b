import { useQuery } from '@tanstack/react-query';
import { listAdoptions } from '../api/adoptions';
import { Link } from '../app/routing';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { useSession } from '../session/SessionContext';
import { countsText, kindText } from './wanted';

export const ADOPTIONS_KEY = ['adoptions'] as const;

/** One's own, for a week: also those that go on. */
export function EarlierAdoptions() {
  const { transport } = useSession();
  const earlier = useQuery({
    queryKey: [...ADOPTIONS_KEY, 'list'],
    queryFn: ({ signal }) => listAdoptions(transport, signal),
  });
  const adoptions = (earlier.data ?? []).filter((one) => !one.dry_run);
  if (adoptions.length === 0) {
    return null;
  }
  return (
    <div className={kit.stack}>
      <h2 className={kit.cardTitle}>Earlier adoptions</h2>
      <ScrollTable
        label="Earlier adoptions"
        head={
          <>
            <th>From</th>
            <th>Begun</th>
            <th>Status</th>
            <th>Tables</th>
          </>
        }
      >
        {adoptions.map((one) => (
          <tr key={one.id}>
            <th scope="row" className={kit.wrap}>
              <Link className={kit.link} to="/adopt" search={{ view: one.id }}>
                {kindText(one.kind)} {one.location}
              </Link>
            </th>
            <td className={kit.nowrap}>
              <Time at={one.created_at} />
            </td>
            <td>{one.status}</td>
            <td>{countsText(one.counts)}</td>
          </tr>
        ))}
      </ScrollTable>
    </div>
  );
}
