import { useQuery } from '@tanstack/react-query';
import { getServer, type ServerStatus, type Work } from '../api/server';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { Time } from '../kit/Time';
import { formatBytes, formatCount } from '../results/figures';
import { useSession } from '../session/SessionContext';

const LOOK_MS = 5_000;
const DATABASES = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };

/** The server as it is now. It looks again by itself, and rests while the page is hidden. */
export function ServerCard() {
  const { transport } = useSession();
  const server = useQuery({
    queryKey: ['server'],
    staleTime: 0,
    refetchInterval: LOOK_MS,
    queryFn: ({ signal }) => getServer(transport, signal),
  });
  return (
    <section className={kit.card} aria-label="Server">
      <div className={kit.stack}>
        <h2 className={kit.cardTitle}>Server</h2>
        <p className={kit.lead}>{lead(server.data)}</p>
        <ListFrame query={server} empty={null}>
          {server.data !== undefined && <Figures server={server.data} />}
        </ListFrame>
      </div>
    </section>
  );
}

const lead = (server: ServerStatus | undefined) =>
  server?.scope === 'tenant'
    ? 'The server that answers you, and what it does for your tenant at this moment.'
    : 'The server that answers you, and what it does at this moment.';

function Figures({ server }: { server: ServerStatus }) {
  const { disk, workers } = server;
  return (
    <dl className={kit.facts}>
      <dt>Started</dt>
      <dd>
        <Time at={server.started_at} />
      </dd>
      <dt>Statements</dt>
      <dd>{words(server.statements)}</dd>
      <dt>Loads</dt>
      <dd>{words(server.loads)}</dd>
      {workers !== null && (
        <>
          <dt>Workers</dt>
          <dd>
            {formatCount(workers.busy)} of {formatCount(workers.maximum)} busy,{' '}
            {formatCount(workers.idle)} idle
          </dd>
        </>
      )}
      <dt>Disk</dt>
      <dd>
        {formatBytes(disk.free_bytes)} free of {formatBytes(disk.total_bytes)}
      </dd>
      <dt>Version</dt>
      <dd>
        {server.version}, Java {server.java}, {DATABASES[server.database]} (schema{' '}
        {server.schema_version})
      </dd>
    </dl>
  );
}

const words = ({ running, waiting }: Work) =>
  `${formatCount(running)} running, ${formatCount(waiting)} waiting`;
