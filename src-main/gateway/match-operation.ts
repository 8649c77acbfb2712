import { operations } from '../../contract/api.ts';
import { apiPrefix } from '../../contract/endpoint.ts';
import type { Endpoint } from '../../contract/endpoint.ts';

export interface Match {
  readonly operation: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

const patterns = (operations as readonly Endpoint[]).map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/**
 * Finds the operation that a method and a path (`/api/v1/slips/...`) mean. Nothing else is ever forwarded.
 * Parameters must have the declared form: `..%2f` is no id.
 */
export function matchOperation(method: string, path: string): Match | 'not_found' | 'method_not_allowed' {
  if (!path.startsWith(`${apiPrefix}/`)) return 'not_found';
  const below = path.slice(apiPrefix.length);
  let known = false;
  for (const { operation, pattern } of patterns) {
    const found = pattern.exec(below);
    if (!found) continue;
    const params = decodeAll(found.groups ?? {});
    if (!params || !operation.params.safeParse(params).success) continue;
    if (operation.method === method) return { operation, params };
    known = true;
  }
  return known ? 'method_not_allowed' : 'not_found';
}

function decodeAll(groups: Record<string, string>): Record<string, string> | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return null; // A broken escape.
  }
}
