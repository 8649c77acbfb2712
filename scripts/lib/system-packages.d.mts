export function missingPackages(wanted: readonly string[], installed: ReadonlySet<string>): string[];
