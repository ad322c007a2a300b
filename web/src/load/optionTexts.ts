import type { FileFormat, FileOptions } from '../api/loads';

/** What the form holds: a text for each option, empty for "as found in the file". */
export type OptionTexts = Record<keyof FileOptions, string>;

export const AS_FOUND: OptionTexts = {
  format: '',
  encoding: '',
  delimiter: '',
  quote: '',
  escape: '',
  comment: '',
  header: '',
  skip_lines: '',
  decimal: '',
  thousands: '',
  date_order: '',
  null_words: '',
  sheet: '',
  range: '',
};

/** Stands for a character that is none, as the empty text means "as found". */
export const NO_CHARACTER = 'none';

const CHARACTERS = ['delimiter', 'quote', 'escape', 'comment', 'decimal', 'thousands'] as const;
const TEXTS = ['encoding', 'sheet', 'range'] as const;

export function chosenOptions(texts: OptionTexts): FileOptions {
  const options: FileOptions = {};
  if (texts.format !== '') {
    options.format = texts.format as FileFormat;
  }
  for (const name of CHARACTERS) {
    if (texts[name] !== '') {
      options[name] = texts[name] === NO_CHARACTER ? '' : texts[name];
    }
  }
  for (const name of TEXTS) {
    if (texts[name].trim() !== '') {
      options[name] = texts[name].trim();
    }
  }
  if (texts.header !== '') {
    options.header = texts.header === 'true';
  }
  if (/^\d+$/.test(texts.skip_lines.trim())) {
    options.skip_lines = Number(texts.skip_lines);
  }
  if (texts.date_order !== '') {
    options.date_order = texts.date_order as NonNullable<FileOptions['date_order']>;
  }
  if (texts.null_words.trim() !== '') {
    options.null_words = texts.null_words.split(',').map((word) => word.trim());
  }
  return options;
}

const BY_FORMAT: Record<FileFormat, (keyof FileOptions)[]> = {
  csv: [
    'delimiter',
    'quote',
    'escape',
    'header',
    'encoding',
    'decimal',
    'thousands',
    'date_order',
    'null_words',
    'skip_lines',
    'comment',
  ],
  json: ['encoding', 'date_order', 'null_words'],
  xlsx: ['sheet', 'range', 'header', 'null_words'],
  parquet: [],
};

export function optionsOf(format: string): (keyof FileOptions)[] {
  return BY_FORMAT[format as FileFormat] ?? BY_FORMAT.csv;
}

/** A found character in words. */
export function characterName(character: string): string {
  switch (character) {
    case '':
      return 'none';
    case ',':
      return 'comma';
    case ';':
      return 'semicolon';
    case '\t':
      return 'tab';
    case '|':
      return 'bar |';
    case ' ':
      return 'blank';
    case '"':
      return 'double quote "';
    case "'":
      return "single quote '";
    case '.':
      return 'point';
    default:
      return character;
  }
}
