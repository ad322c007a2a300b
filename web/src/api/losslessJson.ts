/**
 * JSON whose numbers keep every digit.
 *
 * A double holds 15 significant digits exactly, so only longer numbers need care. One scan wraps them as
 * marked strings and the engine's own parser does the rest: a hundred megabytes of ordinary rows cost no
 * more than JSON.parse. The marker is a private-use character which does not occur in the text, so a
 * string of the answer can never be taken for a number.
 */
export interface LosslessDocument {
  value: unknown;
  /** Prefix of strings which stand for numbers; null when there are none. */
  marker: string | null;
}

const EXACT_DIGITS = 15;
const LONG_NUMBER = /\d[\d.]{15}/;
const ESCAPED_MARKER = /\\u[ef][0-9a-f]{3}/gi;
const FIRST_MARKER = 0xe000;
const LAST_MARKER = 0xf8ff;

const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;

export function parseLossless(text: string): LosslessDocument {
  if (!LONG_NUMBER.test(text)) {
    return { value: JSON.parse(text), marker: null };
  }
  const marker = unusedMarker(text);
  return { value: JSON.parse(wrapLongNumbers(text, marker)), marker };
}

function unusedMarker(text: string): string {
  const escapes = new Set(
    (text.match(ESCAPED_MARKER) ?? []).map((escaped) => escaped.slice(2).toLowerCase()),
  );
  for (let code = FIRST_MARKER; code <= LAST_MARKER; code++) {
    const marker = String.fromCharCode(code);
    if (!text.includes(marker) && !escapes.has(code.toString(16))) {
      return marker;
    }
  }
  throw new Error('The answer uses every private-use character; its numbers cannot be kept exact.');
}

function wrapLongNumbers(text: string, marker: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at);
      if (end - at > EXACT_DIGITS && significantDigits(text, at, end) > EXACT_DIGITS) {
        parts.push(text.slice(copied, at), '"', marker, text.slice(at, end), '"');
        copied = end;
      }
      at = end;
    } else {
      at++;
    }
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) {
      backslashes++;
    }
    if (backslashes % 2 === 0) {
      return quote + 1;
    }
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && isNumberPart(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

function significantDigits(text: string, start: number, end: number): number {
  let digits = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 69 || code === 101) {
      break;
    }
    if (isDigit(code) && (digits > 0 || code !== ZERO)) {
      digits++;
    }
  }
  return digits;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Digits, sign, point and exponent: `+ - . 0-9 E e`. */
function isNumberPart(code: number): boolean {
  return (
    isDigit(code) || code === 46 || code === MINUS || code === 43 || code === 69 || code === 101
  );
}
