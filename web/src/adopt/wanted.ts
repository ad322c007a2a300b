import type { AdoptionKind, Outcome, WantedAdoption } from '../api/adoptions';

export type SecretKind = 'none' | 'token' | 'credential';

/** What is in the form's fields; those of another kind keep what was typed. */
export interface Source {
  kind: AdoptionKind;
  file: string;
  name: string;
  folder: string;
  address: string;
  warehouse: string;
  secretKind: SecretKind;
  secret: string;
  namespaces: string;
  into: string;
}

export const EMPTY: Source = {
  kind: 'hadoop',
  file: '',
  name: '',
  folder: '',
  address: '',
  warehouse: '',
  secretKind: 'none',
  secret: '',
  namespaces: '',
  into: '',
};

/** Whether enough is there to ask the server. */
export function isReady(source: Source): boolean {
  switch (source.kind) {
    case 'metadata_file':
      return source.file.trim() !== '' && source.name.trim() !== '';
    case 'hadoop':
      return source.folder.trim() !== '';
    case 'rest':
      return (
        source.address.trim() !== '' &&
        (source.secretKind === 'none' || source.secret.trim() !== '')
      );
  }
}

/**
 * What is asked for.
 *
 * @param tables those that were chosen, by their names there; null: all, to look at
 */
export function wantedOf(source: Source, tables: string[] | null): WantedAdoption {
  const chosen = { dry_run: tables === null };
  if (source.kind === 'metadata_file') {
    const { file, name } = source;
    return { kind: source.kind, location: file.trim(), name: name.trim(), ...chosen };
  }
  const namespaces = source.namespaces.split(/[\s,]+/).filter((one) => one !== '');
  const common = {
    ...(source.into.trim() === '' ? {} : { into: source.into.trim() }),
    ...(tables !== null ? { tables } : namespaces.length === 0 ? {} : { namespaces }),
    ...chosen,
  };
  if (source.kind === 'hadoop') {
    return { kind: source.kind, location: source.folder.trim(), ...common };
  }
  return {
    kind: source.kind,
    location: source.address.trim(),
    ...(source.warehouse.trim() === '' ? {} : { warehouse: source.warehouse.trim() }),
    ...(source.secretKind === 'none' ? {} : { [source.secretKind]: source.secret.trim() }),
    ...common,
  };
}

export const OUTCOMES: Record<Outcome, { words: string; tone?: 'good' | 'bad' }> = {
  possible: { words: 'can be registered' },
  registered: { words: 'registered', tone: 'good' },
  already_here: { words: 'here already', tone: 'good' },
  name_taken: { words: 'name taken', tone: 'bad' },
  refused: { words: 'refused', tone: 'bad' },
};

/** "2 registered, 1 refused" */
export function countsText(counts: Record<Outcome, number>): string {
  const parts = (Object.keys(OUTCOMES) as Outcome[])
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome].toLocaleString('en-US')} ${OUTCOMES[outcome].words}`);
  return parts.length === 0 ? 'No table was found' : parts.join(', ');
}

export const KINDS: readonly (readonly [AdoptionKind, string])[] = [
  ['hadoop', 'A hadoop catalog: a warehouse folder'],
  ['rest', 'Another server’s Iceberg REST catalog'],
  ['metadata_file', 'One table, by its metadata file'],
];

export function kindText(kind: AdoptionKind): string {
  return { hadoop: 'Hadoop catalog', rest: 'REST catalog', metadata_file: 'Metadata file' }[kind];
}
