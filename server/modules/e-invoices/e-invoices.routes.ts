import {
  confirmEInvoiceRequest,
  exportEInvoices,
  getPayerEInvoice,
  listEInvoiceRequests,
  listEInvoices,
  refuseEInvoiceRequest,
  requestEInvoice as requestOperation,
  setPayerChannel,
  withdrawEInvoiceRequest,
} from '../../../contract/e-invoices.ts';
import { whoOf } from '../../audit/who.ts';
import { staffManager, type Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import type { PayerKey } from '../payers/payer-account.queries.ts';
import { findRun } from '../runs/runs.queries.ts';
import { confirmRequest, refuseRequest } from './decisions.service.ts';
import { exportEInvoices as exportOf } from './e-invoice-export.ts';
import { presentOfficeRequest } from './e-invoices.presenter.ts';
import { eInvoiceOf, eInvoicesOf } from './e-invoices.queries.ts';
import { countOpen, findOfficeRequest, pageOfRequests } from './office-requests.queries.ts';
import { requestEInvoice, withdrawRequest } from './requests.service.ts';
import { setChannel } from './set-channel.service.ts';

/** The payer that a resident names, among those of the resident's own. @throws not_found */
function ownPayer(actor: Actor, payerId: string): PayerKey {
  const own = actor.payers.find((payer) => payer.payerId === payerId);
  if (!own) throw new ApiError('not_found');
  return own;
}

const residentRoutes = (services: Services): Route[] => [
  route(listEInvoices, async ({ actor }) => ({ items: await eInvoicesOf(services.db, actor.payers) })),
  route(requestOperation, async ({ params, body, actor, request }) => {
    const key = ownPayer(actor, params.id);
    await services.limits.eInvoiceRequest.consume(actor.accountId);
    await requestEInvoice(services, askerOf({ actor, request }), key, body);
    return eInvoiceOf(services.db, key);
  }),
  route(withdrawEInvoiceRequest, async ({ params, actor, request }) => {
    const key = ownPayer(actor, params.id);
    await withdrawRequest(services, askerOf({ actor, request }), key);
    return eInvoiceOf(services.db, key);
  }),
];

interface OfficeCall {
  readonly params: { readonly id: string };
  readonly query: { readonly managerId?: string | undefined };
  readonly actor: Actor;
}

const managerOf = ({ query, actor }: OfficeCall): string => staffManager(actor, query.managerId, 'clerk');
const keyOf = (call: OfficeCall): PayerKey => ({ managerId: managerOf(call), payerId: call.params.id });

function officeRoutes(services: Services): Route[] {
  const { db } = services;
  const present = async (managerId: string, id: string) =>
    presentOfficeRequest(await findOfficeRequest(db, managerId, id));
  return [
    route(listEInvoiceRequests, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      const { items, nextCursor } = await pageOfRequests(db, managerId, query);
      return { items: items.map(presentOfficeRequest), nextCursor, open: await countOpen(db, managerId) };
    }),
    route(confirmEInvoiceRequest, async (call) => {
      const [managerId, { id }] = [managerOf(call), call.params];
      await confirmRequest(services, call, { managerId, id });
      return present(managerId, id);
    }),
    route(refuseEInvoiceRequest, async (call) => {
      const [managerId, { id }] = [managerOf(call), call.params];
      await refuseRequest(services, call, { managerId, id }, call.body.reason);
      return present(managerId, id);
    }),
    route(exportEInvoices, async (call) => {
      const run = await findRun(db, [managerOf(call)], call.params.id);
      const { channel } = call.query;
      const fileName = `e-racuni-${run.period}-${channel}.csv`;
      return stream('text/csv', await exportOf(services, run, { who: whoOf(call), channel }), { fileName });
    }),
    route(getPayerEInvoice, async (call) => eInvoiceOf(db, keyOf(call))),
    route(setPayerChannel, async (call) => {
      await setChannel(services, call, keyOf(call), call.body);
      return eInvoiceOf(db, keyOf(call));
    }),
  ];
}

export const eInvoiceRoutes = (services: Services): Route[] => [...residentRoutes(services), ...officeRoutes(services)];
