import { z } from 'zod';
import { operations } from '../../contract/api.ts';
import { isBinary, type Endpoint } from '../../contract/endpoint.ts';

export const allOperations: readonly Endpoint[] = operations;

/** For `it.each`: the name first. */
export const named = (chosen: readonly Endpoint[]) => chosen.map((operation) => [operation.id, operation] as const);

/** All that is not for anyone. */
export const guarded = allOperations.filter(({ caller }) => caller !== 'anyone');

export const office = guarded.filter(({ caller }) => caller === 'clerk' || caller === 'admin');

export const own = guarded.filter(({ caller }) => caller === 'account' || caller === 'resident');

/** Whether a body must come along. */
export const takesJson = ({ body }: Endpoint): boolean => !isBinary(body) && !body.safeParse(undefined).success;

interface JsonSchema {
  readonly type?: string;
  readonly pattern?: string;
  readonly properties?: Record<string, JsonSchema>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

export interface StringField {
  readonly path: readonly string[];
  readonly pattern: string | undefined;
}

function stringsIn({ type, pattern, properties, items, anyOf }: JsonSchema, path: readonly string[]): StringField[] {
  return [
    ...(type === 'string' ? [{ path, pattern }] : []),
    ...Object.entries(properties ?? {}).flatMap(([name, schema]) => stringsIn(schema, [...path, name])),
    ...(items ? stringsIn(items, [...path, '0']) : []),
    ...(anyOf ?? []).flatMap((schema) => stringsIn(schema, path)),
  ];
}

/** Every field that takes a string, with its path, as the contract's schema says. */
export const stringFields = (schema: Endpoint['body']): StringField[] =>
  isBinary(schema)
    ? []
    : stringsIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as JsonSchema, []);

const idPattern = '^[0-9a-f]{32}$';

/**
 * Whether a caller names something by its id: in the path, or in query or body, where a manager's is none that anybody
 * could not know.
 */
export const takesIds = ({ params, query, body }: Endpoint): boolean =>
  Object.keys(params.shape).length > 0 ||
  [...stringFields(query), ...stringFields(body)].some(
    ({ path, pattern }) => pattern === idPattern && path.at(-1) !== 'managerId',
  );
