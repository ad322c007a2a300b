import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { Problem } from '../api/problem';
import { search } from '../api/search';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { useNavigate } from '../app/routing';
import kit from '../kit/kit.module.css';
import { PLACES, usePlaces } from '../manage/places';
import { plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { type Hit, movedHit, pageHits, resultHits } from './hits';
import classes from './search.module.css';

const TYPING_PAUSE_MS = 150;

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** Finds tables, columns, saved statements and pages. The field keeps the focus, the arrows walk the list. */
export function SearchDialog({ opened, onClose }: Props) {
  return (
    <Dialog opened={opened} title="Search" wide top onClose={onClose}>
      <Finder onClose={onClose} />
    </Dialog>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const { transport } = useSession();
  const navigate = useNavigate();
  const list = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [wanted] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const found = useQuery({
    queryKey: ['search', wanted],
    enabled: wanted !== '',
    staleTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => search(transport, wanted, signal),
  });
  const places = usePlaces();
  const hits = useMemo(() => {
    const shown = places.map(({ to }) => to);
    const left = PLACES.map(({ to }) => to).filter((to) => !shown.includes(to));
    return [
      ...(text.trim() === '' ? [] : resultHits(found.data?.results ?? [])),
      ...pageHits(text, new Set(left)),
    ];
  }, [found.data, text, places]);
  const chosen = Math.min(active, Math.max(0, hits.length - 1));

  useEffect(() => {
    document.getElementById(`${list}${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [list, chosen]);

  function open(hit: Hit) {
    onClose();
    const { destination } = hit;
    switch (destination.to) {
      case '/tables/$name':
        return void navigate({
          to: '/tables/$name',
          params: { name: destination.name },
          search:
            destination.column === null ? {} : { tab: 'overview', column: destination.column },
        });
      case '/s/$id':
        return void navigate({ to: '/s/$id', params: { id: destination.id } });
      default:
        return void navigate({ to: destination.to });
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const hit = hits[chosen];
    const moved = movedHit(chosen, hits.length, event.key);
    if (event.key === 'Enter' && hit !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(hit);
    } else if (moved !== null) {
      event.preventDefault();
      setActive(moved);
    }
  }

  const waiting = text.trim() !== '' && (wanted !== text.trim() || found.isFetching);
  return (
    <div className={kit.stack}>
      <input
        className={`${kit.input} ${classes.input}`}
        data-autofocus
        role="combobox"
        aria-label="Search tables, columns and saved statements"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={hits.length > 0 ? `${list}${chosen}` : undefined}
        placeholder="Tables, columns, descriptions, saved statements"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.error !== null && text.trim() !== '' && <Notice problem={Problem.from(found.error)} />}
      <div id={list} role="listbox" aria-label="Found" className={classes.hits}>
        {hits.map((hit, index) => (
          <HitRow
            key={hit.key}
            id={`${list}${index}`}
            hit={hit}
            active={index === chosen}
            onPoint={() => setActive(index)}
            onOpen={() => open(hit)}
          />
        ))}
      </div>
      <span role="status" className={kit.hint}>
        {waiting
          ? 'Searching…'
          : hits.length === 0
            ? 'Nothing matches every word.'
            : plural(hits.length, 'hit')}
      </span>
    </div>
  );
}

interface RowProps {
  id: string;
  hit: Hit;
  active: boolean;
  onPoint: () => void;
  onOpen: () => void;
}

function HitRow({ id, hit, active, onPoint, onOpen }: RowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={classes.hit}
      onPointerMove={onPoint}
      onClick={onOpen}
    >
      <span className={classes.name}>{hit.name}</span>
      <span className={classes.detail}>{hit.detail}</span>
      <span className={classes.kind}>{hit.kind}</span>
    </div>
  );
}
