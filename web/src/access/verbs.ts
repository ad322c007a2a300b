/** The verbs of grants, in words. */
export const VERBS = [
  ['describe', 'describe: see that it exists'],
  ['select', 'select: read its rows'],
  ['insert', 'insert: add rows'],
  ['update', 'update: change and delete rows'],
  ['create', 'create: make one'],
  ['alter', 'alter: change its columns and properties'],
  ['drop', 'drop: remove it'],
  ['use', 'use: ask an agent, predict with a model, run a pipeline'],
  ['approve', 'approve: let a pipeline into the next environment'],
  ['manage', 'manage: look after it'],
  ['grant', 'grant: give rights on it'],
] as const;

export type Verb = (typeof VERBS)[number][0];

export const ALL_VERBS = '*';
export const VERB_CHOICES: readonly (readonly [string, string])[] = [
  ...VERBS,
  [ALL_VERBS, '* all of these'],
];
