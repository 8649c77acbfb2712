/** The columns to write over in a row that is already there, without those that the file does not have. */
export const presentColumns = (columns: Readonly<Record<string, string>>, present: ReadonlySet<string>): string[] =>
  Object.entries(columns).flatMap(([column, field]) => (present.has(field) ? [column] : []));

/** Whether a staged row `s` says something else than the one that is there, `old`. */
export const differs = (columns: readonly string[]): string =>
  columns.map((column) => `coalesce(old.${column}, '') <> coalesce(s.${column}, '')`).join(' or ');
