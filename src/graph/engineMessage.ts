/** What the engine says of a query that it cannot read, without the long lists of what could have stood there instead. */
export function engineMessage(message: string): { readonly wrong: string; readonly remedy: string } {
  const at = /^error at (\d+):(\d+): expected (?:one of )?(.*)$/s.exec(message);
  if (at === null) return { wrong: message, remedy: 'correct the query' };
  const [, line, column, expected = ''] = at;
  const place = `line ${line}, column ${column}`;
  if (expected.includes('Prefix not found')) {
    return { wrong: `${place}: this prefix is not declared`, remedy: 'add a PREFIX line for it' };
  }
  const hint = expected.length <= 60 ? ` (it could go on with ${expected})` : '';
  return {
    wrong: `${place}: the query cannot be read${hint}`,
    remedy: 'correct the query at or just before this place',
  };
}
