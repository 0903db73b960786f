/** The compiled module beside a module: the same place when running from dist/, the place in dist/ when running the sources. */
export function compiled(beside: URL): URL {
  const { href } = beside;
  const at = href.lastIndexOf('/src/');
  return at >= 0 && !href.includes('/dist/', at) ? new URL(`${href.slice(0, at)}/dist/${href.slice(at + 5)}`) : beside;
}
