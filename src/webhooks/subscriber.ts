import { DepartmentScope } from '../auth/department-scope';
import { Principal } from '../auth/principal';
import { Subscriber, Webhook } from './webhook';

/** What is recorded of who subscribes. */
export const subscriberOf = ({ sub, name, roles, departments, readDepartments }: Principal): Subscriber => ({
  sub,
  ...(name === undefined ? {} : { name }),
  roles,
  departments: departments.patterns,
  readDepartments: readDepartments.patterns,
});

/** Who a delivery is for. What this person may see is judged by the policy of the time of the delivery. */
export const principalOf = ({ sub, name, roles, departments, readDepartments }: Subscriber): Principal => ({
  sub,
  name,
  roles,
  departments: DepartmentScope.of(departments),
  readDepartments: DepartmentScope.of(readDepartments),
});

/** Which webhooks a person may know of: its own ones, and all if nothing that they deliver is hidden from it. */
export const knownTo =
  ({ sub, readDepartments }: Pick<Principal, 'sub' | 'readDepartments'>, readsDetails: boolean) =>
  ({ subscriber }: Pick<Webhook, 'subscriber'>): boolean =>
    subscriber.sub === sub || (readsDetails && readDepartments.isAll);
