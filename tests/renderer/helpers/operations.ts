import { vi } from 'vitest';
import type { Endpoint } from '../../../contract/endpoint.ts';
import type { ErrorCode, Problem } from '../../../contract/errors.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';

/** What an operation is called with. */
export interface Asked {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

type Reply = (asked: Asked) => unknown;

/**
 * The portal as the pages see it, by operation; the test file mocks the client as a spy. What was not given an answer
 * is no part of the test, and fails.
 */
export function answerOperations() {
  const replies = new Map<string, Reply>();
  const asked: { readonly id: string; readonly input: Asked }[] = [];
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(((operation: Endpoint, input: Asked = {}) => {
    asked.push({ id: operation.id, input });
    const reply = replies.get(operation.id);
    return reply ? Promise.resolve(input).then(reply) : Promise.reject(new Error(`no answer for ${operation.id}`));
  }) as never);

  return {
    answer: (operation: Endpoint, reply: Reply) => void replies.set(operation.id, reply),
    refuse: (operation: Endpoint, code: ErrorCode, more: Partial<Problem> = {}) =>
      void replies.set(operation.id, () => Promise.reject(new ApiProblem({ code, ...more }))),
    /** How often an operation was asked for, and with what. */
    asked: (operation: Endpoint): readonly Asked[] =>
      asked.filter(({ id }) => id === operation.id).map(({ input }) => input),
  };
}
