/** Nothing, when there is no signal: an exchange takes no undefined. */
export function abort(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
