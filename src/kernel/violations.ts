import { jsonPointer, PathKey } from './json-pointer';
import { MAX_VIOLATIONS } from './limits';
import { Violation } from './refusal';

/** Cuts a name that the client chose to a length that is safe to send back. */
export const shortened = (name: string): string => (name.length <= 100 ? name : `${name.slice(0, 100)}…`);

/** Collects the violations of an input in one pass. When there is no room for more, they are only counted. */
export class ViolationReport {
  readonly violations: Violation[] = [];
  omitted = 0;

  constructor(private readonly room = MAX_VIOLATIONS) {}

  get count(): number {
    return this.violations.length + this.omitted;
  }

  get isFull(): boolean {
    return this.violations.length >= this.room;
  }

  add(keys: readonly PathKey[], message: string): void {
    if (this.isFull) this.omitted++;
    else this.violations.push({ path: jsonPointer(keys), message });
  }

  addAt(path: string, message: string): void {
    if (this.isFull) this.omitted++;
    else this.violations.push({ path, message });
  }
}
