import { z } from 'zod';
import { apiPrefix, isBinary, type Binary, type Caller, type Endpoint } from '../../../contract/endpoint.ts';
import { errorStatus, problemMediaType, problemSchema, type ErrorCode } from '../../../contract/errors.ts';

type Json = Record<string, unknown>;

/** What any operation may answer besides what it declares. */
const common: readonly ErrorCode[] = ['invalid_request', 'internal', 'unavailable'];

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  // A transform has no JSON schema of its own: what goes in is described, and what comes out has none.
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  delete json['$schema']; // Said once for the whole document.
  return json;
}

const bytes = ({ binary }: Binary): Json => Object.fromEntries(binary.map((mediaType) => [mediaType, {}]));

const content = (shape: z.ZodType | Binary, io: 'input' | 'output'): Json =>
  isBinary(shape) ? bytes(shape) : { 'application/json': { schema: toJsonSchema(shape, io) } };

const isNothing = (shape: z.ZodType | Binary): boolean => shape instanceof z.ZodUndefined;

function parameters({ params, query }: Endpoint): Json[] {
  const list = (schema: z.ZodObject, place: 'path' | 'query'): Json[] => {
    const { properties = {}, required = [] } = toJsonSchema(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: required.includes(name),
      schema: property,
    }));
  };
  return [...list(params, 'path'), ...list(query, 'query')];
}

const office = new Set<Caller>(['clerk', 'admin']);

function codesOf({ body, caller, errors }: Endpoint): ErrorCode[] {
  const sent: ErrorCode[] = isNothing(body) ? [] : ['body_too_large', 'unsupported_media_type'];
  const access: ErrorCode[] = caller === 'anyone' ? [] : ['not_signed_in', 'session_displaced', 'forbidden'];
  const admins: ErrorCode[] = office.has(caller) ? ['second_factor_needed'] : [];
  return [...new Set([...common, ...access, ...admins, ...sent, ...errors])];
}

/** One response for each status, which lists the codes that it may carry. */
function problems(operation: Endpoint): Json {
  const byStatus = Map.groupBy(codesOf(operation), (code) => errorStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.join(', '),
        content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function success({ response, alternative, summary }: Endpoint): Json {
  if (isNothing(response)) return { description: summary };
  return { description: summary, content: { ...content(response, 'output'), ...(alternative && bytes(alternative)) } };
}

const securityOf = ({ caller, program }: Endpoint): Json[] =>
  caller === 'anyone' ? [] : [{ session: [] }, ...(program ? [{ key: [] }] : [])];

const describe = (operation: Endpoint): Json => ({
  operationId: operation.id,
  summary: operation.summary,
  'x-caller': operation.caller,
  ...(operation.program && { 'x-key-scope': operation.program }),
  security: securityOf(operation),
  parameters: parameters(operation),
  ...(isNothing(operation.body) ? {} : { requestBody: { required: true, content: content(operation.body, 'input') } }),
  responses: { [operation.status]: success(operation), ...problems(operation) },
});

/** The contract as an OpenAPI 3.1 document. */
export function openApiDocument(
  operations: readonly Endpoint[],
  { version, server }: { readonly version: string; readonly server: string },
): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    path[operation.method.toLowerCase()] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'iiPortal', version },
    servers: [{ url: server + apiPrefix }],
    paths,
    components: {
      schemas: { Problem: toJsonSchema(problemSchema, 'output') },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'Of the desktop program: a person who signed in.' },
        key: { type: 'http', scheme: 'bearer', description: 'Of other programs: `iip_...`, see docs/api.md.' },
      },
    },
  };
}
