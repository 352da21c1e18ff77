import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DemoPersonName } from '../../auth/demo-tokens';
import { Instant, parseMoment } from '../../kernel/time';
import { DemoError } from './demo-error';

/** The persons that record something in the demo. */
const DEMO_ACTORS = ['editor', 'finance', 'reviewer', 'admin'] as const satisfies readonly DemoPersonName[];
type DemoActor = (typeof DEMO_ACTORS)[number];

/** What one person does in the demo: a mutation that any client could send, and when. */
export interface DemoStep {
  readonly name: string;
  /** When the ledger records it. */
  readonly at: Instant;
  readonly as: DemoActor;
  readonly mutation: string;
  /** A field can refer to what an earlier step left: `{ "$change": "<name of that step>" }` or `{ "$proposal": "<name>" }`. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** The year of the report. demo/report-2023 says what is from the report and what is illustrative. */
export const REPORT_2023 = join(__dirname, '../../../demo/report-2023');

const StepFile = z.strictObject({
  about: z.string(),
  steps: z.array(
    z.strictObject({
      name: z.string().min(1),
      at: z.string().transform((text, context) => {
        const moment = parseMoment(text);
        if (moment?.kind === 'instant') return moment.at;
        context.addIssue('expected an RFC 3339 instant with an offset');
        return z.NEVER;
      }),
      as: z.enum(DEMO_ACTORS),
      mutation: z.string().min(1),
      /** A JSON file with more fields of the input, relative to the folder of the steps. */
      inputFrom: z.string().min(1).optional(),
      input: z.record(z.string(), z.unknown()),
    }),
  ),
});

/**
 * The steps of all JSON files of the folder, ordered by time; steps with the same time in the order of the files, by name.
 * Throws `DemoError`.
 */
export function readDemoSteps(folder: string): readonly DemoStep[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const steps = files.sort().flatMap((file) => readFile(folder, file));
  requireNamesOfTheirOwn(steps);
  return steps.sort((one, other) => one.at - other.at);
}

function readFile(folder: string, file: string): readonly DemoStep[] {
  const path = join(folder, file);
  const parsed = StepFile.safeParse(readJson(path));
  if (parsed.success) {
    return parsed.data.steps.map(({ inputFrom, ...step }) =>
      inputFrom === undefined ? step : { ...step, input: { ...readInput(join(folder, inputFrom)), ...step.input } },
    );
  }
  const problems = parsed.error.issues.map(({ path: place, message }) => `${place.join('.')}: ${message}`);
  throw new DemoError(`${path}: ${problems.join('; ')}`);
}

function readInput(path: string): DemoStep['input'] {
  const parsed = z.record(z.string(), z.unknown()).safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  throw new DemoError(`${path} contains no input`);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new DemoError(`${path} cannot be read`, { cause: error });
  }
}

function requireNamesOfTheirOwn(steps: readonly DemoStep[]): void {
  const seen = new Set<string>();
  for (const { name } of steps) {
    if (seen.has(name)) throw new DemoError(`Two demo steps are called ${name}`);
    seen.add(name);
  }
}
