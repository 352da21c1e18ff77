import { readFileSync } from 'node:fs';
import path from 'node:path';
import { features } from '../../src/app/features';
import { fingerprintOf } from '../../src/command-handling/command-request';
import { asSent } from '../../src/input/as-sent';

interface Recorded {
  readonly action: string;
  readonly sub: string;
  readonly input: object;
  readonly fingerprint: string;
}

/** What version 0.1.0 recorded for the steps of the demo: one step for each action in it. */
const recorded = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/fingerprints.json'), 'utf8'),
) as readonly Recorded[];

test.each(recorded.map((one) => [one.action, one] as const))(
  'a key that was used before an upgrade still means the same %s',
  (name, { sub, input, fingerprint }) => {
    const action = features.actions.get(name)!;
    expect(fingerprintOf({ action: name, actor: { sub }, input: asSent(action.input, input) })).toBe(fingerprint);
  },
);
