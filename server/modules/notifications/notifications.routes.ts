import { listNotificationChoices, setNotificationChoice } from '../../../contract/account.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { choicesOf, choose } from './notifications.service.ts';

export const notificationRoutes = ({ db }: Services): Route[] => [
  route(listNotificationChoices, async ({ actor }) => ({ items: await choicesOf(db, actor.accountId) })),
  route(setNotificationChoice, ({ params, body, actor }) =>
    choose(db, actor.accountId, { managerId: params.managerId, newSlips: body.newSlips }),
  ),
];
