import {
  mergePayers as mergeOperation,
  previewMerge as previewOperation,
  revokeSlipPassword as revokeOperation,
  updatePayer as updateOperation,
} from '../../../contract/payers.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { mergePayers, previewMerge, type Merge } from './merge-payers.ts';
import { keyOf, type OfficeCall } from './office-call.ts';
import { detailsOf } from './payer-details.ts';
import { revokeSlipPassword } from './revoke-slip-password.ts';
import { updatePayer } from './update-payer.ts';

function mergeOf(call: OfficeCall & { readonly body: { readonly intoId: string } }): Merge {
  const from = keyOf(call);
  return { from, into: { managerId: from.managerId, payerId: call.body.intoId } };
}

/** What the office changes of payers. */
export function payerChangeRoutes(services: Services): Route[] {
  return [
    route(previewOperation, (call) => previewMerge(services.db, mergeOf(call))),
    route(mergeOperation, async (call) => {
      const merge = mergeOf(call);
      await mergePayers(services, call, merge);
      return detailsOf(services, merge.into);
    }),
    route(updateOperation, async (call) => {
      await updatePayer(services, call, keyOf(call), call.body);
      return detailsOf(services, keyOf(call));
    }),
    route(revokeOperation, async (call) => {
      await revokeSlipPassword(services, call, keyOf(call, 'admin'));
      return undefined;
    }),
  ];
}
