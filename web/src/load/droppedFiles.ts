const FILES_LIMIT = 1_000;

interface Entry {
  isFile: boolean;
  isDirectory: boolean;
  file?: (found: (file: File) => void, failed: (failure: unknown) => void) => void;
  createReader?: () => {
    readEntries: (found: (entries: Entry[]) => void, failed: (failure: unknown) => void) => void;
  };
}

export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/** The files of a drop, those in folders too. The entries must be asked for before the drop event ends. */
export function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => (item.webkitGetAsEntry?.() ?? null) as Entry | null);
  const plain = Array.from(transfer.files);
  if (entries.every((entry) => entry === null || entry.isFile)) {
    return Promise.resolve(plain.slice(0, FILES_LIMIT));
  }
  return walk(entries.filter((entry) => entry !== null));
}

async function walk(entries: Entry[]): Promise<File[]> {
  const files: File[] = [];
  const waiting = [...entries];
  while (waiting.length > 0 && files.length < FILES_LIMIT) {
    const entry = waiting.shift();
    if (entry?.file !== undefined && entry.isFile) {
      files.push(await new Promise<File>((found, failed) => entry.file?.(found, failed)));
    } else if (entry?.isDirectory === true) {
      waiting.push(...(await childrenOf(entry)));
    }
  }
  return files.filter(({ name }) => !name.startsWith('.'));
}

/** A reader answers a hundred at a time, and none when it is at its end. */
async function childrenOf(folder: Entry): Promise<Entry[]> {
  const reader = folder.createReader?.();
  const children: Entry[] = [];
  while (reader !== undefined) {
    const some = await new Promise<Entry[]>((found, failed) => reader.readEntries(found, failed));
    if (some.length === 0) {
      break;
    }
    children.push(...some);
  }
  return children;
}
