import type { PortalAnswer, PortalRequest } from './portal-client.ts';

/** An answer and, when it is a kept one, the moment it was the server's. */
export interface GatewayAnswer {
  readonly answer: PortalAnswer;
  readonly asOf: string | null;
}

export type GatewayRequest = Pick<PortalRequest, 'operation' | 'params' | 'query' | 'body' | 'mediaType'>;
