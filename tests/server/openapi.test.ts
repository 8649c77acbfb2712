import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImport } from '../../contract/imports.ts';
import { createSession, getSession } from '../../contract/session.ts';
import { operations } from '../../contract/api.ts';
import { isBinary, type Endpoint } from '../../contract/endpoint.ts';
import { errorStatus } from '../../contract/errors.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

interface Described {
  readonly operationId: string;
  readonly security: unknown[];
  readonly parameters: { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, unknown> };
  readonly responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Described>>;
  readonly components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

let server: TestServer;
let document: Document;

beforeAll(async () => {
  server = await startTestServer();
  document = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as Document;
});

afterAll(() => server.close());

const all: readonly Endpoint[] = operations;
const find = ({ path, method }: Endpoint) => document.paths[path]?.[method.toLowerCase()];

const schemesOf = ({ caller, program }: Endpoint) =>
  caller === 'anyone' ? [] : [{ session: [] }, ...(program ? [{ key: [] }] : [])];

describe('the OpenAPI document', () => {
  it('is of version 3.1 and explains how to sign requests', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.components.securitySchemes).toMatchObject({
      session: { type: 'http', scheme: 'bearer' },
      key: { type: 'http', scheme: 'bearer' },
    });
  });

  it('has every operation once, and nothing else', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.sort()).toEqual(all.map(({ id }) => id).sort());
  });

  it.each(all.map((operation) => [operation.id, operation] as const))('describes %s', (_, operation) => {
    const described = find(operation);
    expect(described).toBeDefined();
    if (!described) return;
    expect(described.security).toEqual(schemesOf(operation));
    const names = described.parameters.map(({ name }) => name);
    expect(names).toEqual([...Object.keys(operation.params.shape), ...Object.keys(operation.query.shape)]);
    for (const name of operation.path.matchAll(/\{(\w+)\}/g)) {
      expect(described.parameters.find((parameter) => parameter.name === name[1])).toMatchObject({
        in: 'path',
        required: true,
      });
    }
    for (const code of operation.errors) expect(described.responses[errorStatus[code]]?.description).toContain(code);
    const success = described.responses[operation.status];
    const mediaTypes = [
      ...(isBinary(operation.response)
        ? operation.response.binary
        : operation.status === 204
          ? []
          : ['application/json']),
      ...(operation.alternative?.binary ?? []),
    ];
    expect(Object.keys(success?.content ?? {})).toEqual(mediaTypes);
  });

  it('tells of bodies that are too large or of another kind, where there is one', () => {
    expect(find(createSession)?.responses).toMatchObject({ 413: {}, 415: {} });
    expect(find(createImport)?.responses).toMatchObject({ 413: {}, 415: {} });
    expect(Object.keys(find(getSession)?.responses ?? {})).toEqual(['200', '400', '401', '403', '500', '503']);
  });

  it('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(references)).toEqual(new Set(['#/components/schemas/Problem']));
    expect(document.components.schemas['Problem']).toMatchObject({ type: 'object' });
  });
});
