import { isBinary } from '../../contract/endpoint.ts';
import type { Endpoint, ResponseOf } from '../../contract/endpoint.ts';
import { asProblem } from './portal-client.ts';
import type { PortalClient, PortalRequest } from './portal-client.ts';
import { ProblemError } from './problems.ts';

/**
 * What the portal answers to an operation that the main process itself asks for.
 * Fails with the portal's own problem, whole, with `offline` or with `not_a_portal`.
 */
export async function answerTo<E extends Endpoint>(
  client: PortalClient,
  origin: string,
  request: PortalRequest & { readonly operation: E },
): Promise<ResponseOf<E>> {
  const { problem, body } = await client.ask(origin, request).catch(asProblem);
  if (problem) throw new ProblemError(problem);
  const { response } = request.operation;
  if (isBinary(response)) throw new Error(`${request.operation.id} is streamed`);
  try {
    return response.parse(body.length ? JSON.parse(new TextDecoder().decode(body)) : undefined) as ResponseOf<E>;
  } catch (cause) {
    throw new ProblemError('not_a_portal', { cause });
  }
}
