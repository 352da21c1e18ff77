import { EventStore } from '../src/event-store/event-store';
import * as seed from './seed';

/** A ledger to read by department. */

export const DEPARTMENTS = 100;
export const TASKS_OF_EACH = 20;
/** Spread over the codes, which are in the order of the departments. */
export const THREE = [17, 50, 83].map(codeOf);
export const HOME = THREE[1]!;
/** The department, its budget with 50 expenditures, and its tasks with 5 reports. */
export const CHANGES_OF_THREE = THREE.length * (1 + 51 + TASKS_OF_EACH * 6);

const AUDITOR = { sub: 'bench', roles: ['auditor'] };

/** The claims of tokens that say nothing of departments, that have `*`, and that read three departments. */
export const CLAIMS = {
  unlimited: AUDITOR,
  all: { ...AUDITOR, readDepartments: '*' },
  three: { ...AUDITOR, readDepartments: THREE },
};

export async function hundredDepartments(log: EventStore): Promise<void> {
  for (let index = 0; index < DEPARTMENTS; index++) {
    const code = codeOf(index);
    await seed.department(log, code);
    await seed.budget(log, code, 50);
    for (let task = 0; task < TASKS_OF_EACH; task++) await seed.task(log, code, `${code}-T${task}`, 5);
  }
}

function codeOf(index: number): string {
  return `D${String(index).padStart(3, '0')}`;
}
