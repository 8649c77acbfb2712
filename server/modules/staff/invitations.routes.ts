import type { BodyOf } from '../../../contract/endpoint.ts';
import { acceptInvitation, inviteStaff, openInvitation, withdrawInvitation } from '../../../contract/staff.ts';
import { whoOf, type Caller } from '../../audit/who.ts';
import { staffManager } from '../../http/actor.ts';
import { addressPrefix } from '../../http/address.ts';
import { counted } from '../../http/limit.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { invite, withdraw } from './invitations.service.ts';
import { joinStaff } from './joining.service.ts';
import { openInvitationWith, type OpenedInvitation } from './opening.service.ts';
import { presentInvitation, presentOpened } from './staff.presenter.ts';

export function invitationRoutes(services: Services): Route[] {
  const { limits } = services;
  const limit = (address: string) => limits.codeAddress.consume(addressPrefix(address));

  const open = (typed: BodyOf<typeof openInvitation>, call: Caller): Promise<OpenedInvitation> =>
    counted(limits.codeTries, [typed.email, addressPrefix(call.request.address)], () =>
      openInvitationWith(services, whoOf(call), typed),
    );

  return [
    route(inviteStaff, async ({ query, body, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await limits.invitation.consume(managerId);
      return presentInvitation(await invite(services, askerOf({ actor, request }), managerId, body));
    }),
    route(withdrawInvitation, async ({ params, query, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await withdraw(services, askerOf({ actor, request }), managerId, params.id);
      return undefined;
    }),
    route(openInvitation, async ({ body, ...call }) => presentOpened(await open(body, call)), { limit }),
    route(
      acceptInvitation,
      async ({ body, ...call }) => {
        await joinStaff(services, whoOf(call), await open(body, call), body);
        return { email: body.email };
      },
      { limit },
    ),
  ];
}
