/**
 * Whether an error is a trap of the embedded store's engine (`WebAssembly.RuntimeError`, stack overflow), after which its
 * memory is corrupt; its ordinary errors are plain `Error`s.
 */
export function isEngineTrap(error: unknown): boolean {
  return !(error instanceof Error) || error.name === 'RuntimeError' || error instanceof RangeError;
}
