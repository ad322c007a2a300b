import type { Problem } from '../api/problem';

/** What a person at this page can do about a failure; the server's own words say what happened. */
export function adviceFor({ code, place }: Pick<Problem, 'code' | 'place'>): string | null {
  switch (code) {
    case 'bad_row':
      return place?.column == null
        ? 'Check the delimiter and the quote under “How the file is read”. The file need not be sent again.'
        : `Give ${place.column} the type STRING or leave it out, add the value to the words for no value, or skip such rows. The file need not be sent again.`;
    case 'bad_file':
      return 'Check format, encoding and delimiter under “How the file is read”. The file need not be sent again.';
    case 'already_exists':
      return 'Choose another name, or append to the table, or replace its rows.';
    case 'not_found':
      return 'The upload may have expired: files are kept for a day. Choose the files again.';
    case 'storage_full':
      return 'Free some space in the warehouse, then load again. The file need not be sent again.';
    case 'overloaded':
    case 'stopping':
    case 'worker_lost':
    case 'conflict':
      return 'Load again in a moment. The file need not be sent again.';
    default:
      return null;
  }
}
