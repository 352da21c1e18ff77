import { WritePolicy } from '../auth/policy';
import { Principal } from '../auth/principal';
import { Refusal } from '../kernel/refusal';
import { Action } from './action';

/** Whether a person may perform the command in the department that it turns out to be about. */
export const permissionOf =
  <Input, Command, State, View>(
    policy: Pick<WritePolicy, 'mayActIn'>,
    action: Action<Input, Command, State, View>,
    { principal, command }: { readonly principal: Principal; readonly command: Command },
  ): ((department: string, record: State | undefined) => Refusal | undefined) =>
  (department, record) => {
    const allowed = policy.mayActIn(principal, action.recordedBy?.(record, command) ?? action.name, department);
    return allowed.ok ? undefined : allowed.refusal;
  };
