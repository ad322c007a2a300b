import type { Parameters, ParameterValue } from '../api/statements';

export const PARAMETER_TYPES = ['text', 'number', 'date', 'timestamp', 'boolean', 'null'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** A value as it is typed; the server gets what `parametersToSend` makes of it. */
export interface ParameterInput {
  type: ParameterType;
  value: string;
}

export type ParameterInputs = Record<string, ParameterInput>;

// The server's rules (NamedParameters). One alternative a token that may hold a colon: comments, quoted text and names,
// dollar quotes, casts, the start of a slice, then names behind a colon. A colon right after what ends a value is a slice
// or the key of a struct.
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|::|(?<=[\w)\]}'"`]\[):|(?<![\p{L}\p{N}_)\]}'":`]):([\p{L}_][\p{L}\p{N}_]*)/gu;

/** The `:name`s of a statement in the order in which they first stand there. */
export function parameterNames(statement: string): string[] {
  const names = new Set<string>();
  for (const match of statement.matchAll(TOKENS)) {
    if (match[2] !== undefined) {
      names.add(match[2]);
    }
  }
  return [...names];
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const EXACT_DIGITS = 15;

/** Null when the text is no such value. */
export function parameterValue({ type, value }: ParameterInput): { value: ParameterValue } | null {
  const text = value.trim();
  switch (type) {
    case 'text':
      return { value };
    case 'null':
      return { value: null };
    case 'boolean':
      return { value: text === 'true' };
    case 'number':
      if (!NUMBER.test(text)) {
        return null;
      }
      // A double would round more digits than these.
      return text.replace(/\D/g, '').length <= EXACT_DIGITS
        ? { value: Number(text) }
        : { value: { type: /[eE]/.test(text) ? 'DOUBLE' : 'DECIMAL', value: text } };
    case 'date':
      return text === '' ? null : { value: { type: 'DATE', value: text } };
    case 'timestamp':
      return text === '' ? null : { value: { type: 'TIMESTAMP', value: text.replace('T', ' ') } };
  }
}

export const NO_VALUE: ParameterInput = { type: 'text', value: '' };

export interface ParametersToSend {
  parameters: Parameters;
  /** Names whose text is no value of their type. */
  unfit: string[];
}

export function parametersToSend(statement: string, inputs: ParameterInputs): ParametersToSend {
  const parameters: Parameters = {};
  const unfit: string[] = [];
  for (const name of parameterNames(statement)) {
    const value = parameterValue(inputs[name] ?? NO_VALUE);
    if (value === null) {
      unfit.push(name);
    } else {
      parameters[name] = value.value;
    }
  }
  return { parameters, unfit };
}

/** The other way: what a saved statement holds, as it is typed. */
export function inputsOf(parameters: Parameters): ParameterInputs {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, inputOf(value)]),
  );
}

function inputOf(value: ParameterValue): ParameterInput {
  switch (typeof value) {
    case 'string':
      return { type: 'text', value };
    case 'number':
      return { type: 'number', value: String(value) };
    case 'boolean':
      return { type: 'boolean', value: String(value) };
    default:
      if (value === null) {
        return { type: 'null', value: '' };
      }
      return { type: TYPES_OF[value.type.toUpperCase()] ?? 'text', value: value.value };
  }
}

const TYPES_OF: Record<string, ParameterType> = {
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  DECIMAL: 'number',
  DOUBLE: 'number',
};
