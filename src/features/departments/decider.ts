import { Decider, DecisionOf } from '../../command-handling/decider';
import { conflict, notFound, ok } from '../../kernel/refusal';
import { DepartmentEvent, DepartmentRegistered } from './events';
import { departmentFold, DepartmentRecord } from './record';

export type DepartmentCommand =
  | { readonly kind: 'register'; readonly registration: DepartmentRegistered }
  | { readonly kind: 'rename'; readonly code: string; readonly name: string };

export const departmentDecider: Decider<DepartmentRecord, DepartmentCommand> = {
  ...departmentFold,
  departmentOf: (_record, command) => (command.kind === 'register' ? command.registration.code : command.code),
  references: () => [],
  decide(record, command): DecisionOf<DepartmentEvent> {
    switch (command.kind) {
      case 'register': {
        if (record !== undefined) return conflict(`Department ${record.founding.code} is registered already`);
        return ok([{ type: 'DepartmentRegistered', data: command.registration }]);
      }
      case 'rename': {
        if (record === undefined) return notFound(`There is no department ${command.code}`);
        return ok([{ type: 'DepartmentRenamed', data: { name: command.name } }]);
      }
    }
  },
};
