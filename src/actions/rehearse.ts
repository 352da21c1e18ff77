import { Rehearsal, Rehearsed } from '../command-handling/rehearsal';
import { Result } from '../kernel/refusal';
import { ActingServices } from './acting-services';
import { Action } from './action';
import { Caller, requestOf } from './request-of';

export type { Rehearsed } from '../command-handling/rehearsal';

/** A dry run of several actions: each is judged as if those before it were recorded. It records nothing, and reads nothing back. */
export class ActionRehearsal {
  private readonly rehearsal: Rehearsal;

  constructor(private readonly services: ActingServices) {
    this.rehearsal = services.commands.rehearsal();
  }

  /** Refuses what `perform` would refuse. */
  async perform(action: Action, sent: unknown, caller: Caller): Promise<Result<Rehearsed>> {
    const read = requestOf(this.services, action, sent, caller);
    return read.ok ? this.rehearsal.judge(read.value.request) : read;
  }
}
