export function mappingText(roles: Record<string, string>): string {
  return Object.entries(roles)
    .map(([theirs, ours]) => `${theirs} = ${ours}`)
    .join('\n');
}

/** `theirs = ours`, a line each; null when a line is not so. */
export function parseMapping(text: string): Record<string, string> | null {
  const roles: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() !== '') {
      const at = line.lastIndexOf('=');
      const theirs = line.slice(0, Math.max(0, at)).trim();
      const ours = line.slice(at + 1).trim();
      if (theirs === '' || ours === '') {
        return null;
      }
      roles[theirs] = ours;
    }
  }
  return roles;
}
