import { Button } from '@mantine/core';
import { useRef } from 'react';
import classes from './load.module.css';

interface Props {
  onFiles: (files: File[]) => void;
}

export function ChooseFiles({ onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.drop}>
      <p className={classes.dropTitle}>Drop files here, or anywhere in the console</p>
      <div className={classes.dropActions}>
        <Button size="md" onClick={() => input.current?.click()}>
          Choose files
        </Button>
        <Button size="md" variant="default" onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
      </div>
      <p className={classes.dropHint}>
        CSV, TSV, JSON, NDJSON, Parquet or Excel; plain, gzip, zstd or zip. Several files become one
        table.
      </p>
      <FileInput label="Files to load" input={input} onFiles={onFiles} />
      <FileInput label="Folder to load" input={folder} folder onFiles={onFiles} />
    </div>
  );
}

interface FileInputProps extends Props {
  label: string;
  folder?: boolean;
  input: React.RefObject<HTMLInputElement | null>;
}

/** The buttons stand for it: the browser's own can hardly be drawn. */
function FileInput({ label, folder = false, input, onFiles }: FileInputProps) {
  return (
    <input
      ref={input}
      type="file"
      multiple
      hidden
      aria-label={label}
      {...(folder ? { webkitdirectory: '' } : {})}
      onChange={(event) => {
        const files = Array.from(event.currentTarget.files ?? []);
        event.currentTarget.value = '';
        onFiles(files.filter(({ name }) => !name.startsWith('.')));
      }}
    />
  );
}
