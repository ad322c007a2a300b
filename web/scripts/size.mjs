// Sums, as gzip, everything that a first visit fetches until the editor takes a key: index.html and the
// files it names, then the workbench with the editor, each with all that it imports statically.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 300_000;
const DIST = new URL('../dist/', import.meta.url);
const ENTRIES = ['index.html', 'src/workbench/Workbench.tsx'];

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8'));

function filesOf(name, files = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined) {
    throw new Error(`The manifest has no ${name}; run npm run build.`);
  }
  if (!files.has(chunk.file)) {
    files.add(chunk.file);
    for (const asset of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) {
      files.add(asset);
    }
    for (const imported of chunk.imports ?? []) {
      filesOf(imported, files);
    }
  }
  return files;
}

const files = new Set(['index.html', ...ENTRIES.flatMap((entry) => [...filesOf(entry)])]);
let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(new URL(file, DIST))).length;
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  bytes gzip in all, limit ${LIMIT_BYTES}`);
if (total > LIMIT_BYTES) {
  console.error('Over the limit: split code or drop a dependency.');
  process.exit(1);
}
