import type { Manager as ManagerView } from '../../../contract/portal.ts';
import type { Manager } from '../../models/manager.ts';

/** What anybody may know of a manager. */
export const presentManager = ({ id, name, street, town, email, phone }: Manager): ManagerView => ({
  id,
  name,
  street,
  town,
  email,
  phone,
});
