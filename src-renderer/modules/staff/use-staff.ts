import type { BodyInput } from '../../../contract/endpoint.ts';
import type { StaffRole } from '../../../contract/session.ts';
import { changeStaffRole, inviteStaff, listStaff, removeStaff, withdrawInvitation } from '../../../contract/staff.ts';
import { call } from '../../api/client.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

export type InvitationOrder = BodyInput<typeof inviteStaff>;

/** The operations on the staff of the chosen manager. Each fails with an ApiProblem. */
export function useStaff() {
  const office = useOfficeStore();
  const query = () => ({ managerId: office.managerId });

  return {
    list: () => call(listStaff, { query: query() }),
    invite: (order: InvitationOrder) => call(inviteStaff, { query: query(), body: order }),
    withdraw: (id: string) => call(withdrawInvitation, { params: { id }, query: query() }),
    changeRole: (id: string, role: StaffRole) =>
      call(changeStaffRole, { params: { id }, query: query(), body: { role } }),
    remove: (id: string) => call(removeStaff, { params: { id }, query: query() }),
  };
}
