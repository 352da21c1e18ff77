import { editDistance } from './edit-distance';
import { Environment } from './environment';
import { Setting } from './setting';
import { ALL_SETTINGS } from './settings';

/** A variable that Mingjian does not know, although its name suggests that it is meant for Mingjian. */
export interface Lookalike {
  readonly variable: string;
  /** The setting that is probably meant; undefined if only the first word of the name is Mingjian's. */
  readonly meant?: Setting;
}

/** Variables of the command line, which are not settings of the server. */
const COMMAND_LINE = ['MINGJIAN_URL', 'MINGJIAN_TOKEN'];
const OWN_PREFIX = 'MINGJIAN_';
/** First words of names that other programs seldom use. */
const OWN_WORDS = /^(MINGJIAN|AUTH|DEMO|LEDGER)_/i;
/** The OpenTelemetry SDK has many variables of its own. */
const FOREIGN = /^OTEL_/;

const KNOWN: ReadonlySet<string> = new Set([...ALL_SETTINGS.map(({ variable }) => variable), ...COMMAND_LINE]);

/** A variable that is empty counts as not set. */
export const lookalikesIn = (environment: Environment): readonly Lookalike[] =>
  Object.keys(environment)
    .filter((variable) => environment[variable] && !KNOWN.has(variable) && !FOREIGN.test(variable))
    .map((variable) => ({ variable, meant: meantBy(variable) }))
    .filter(({ variable, meant }) => meant !== undefined || OWN_WORDS.test(variable));

function meantBy(variable: string): Setting | undefined {
  const name = variable.toUpperCase();
  const candidates = name.startsWith(OWN_PREFIX) ? [name, name.slice(OWN_PREFIX.length)] : [name];
  return ALL_SETTINGS.find((setting) => candidates.some((candidate) => isNear(candidate, setting)));
}

function isNear(name: string, { variable, wrongNames = [] }: Setting): boolean {
  if (wrongNames.includes(name)) return true;
  // JWT_SECRET in place of AUTH_JWT_SECRET. One word such as URL says too little.
  if (name.includes('_') && variable.endsWith(`_${name}`)) return true;
  const [given, known] = [lettersOf(name), lettersOf(variable)];
  // Names of one word have many neighbours: POST and COST are one letter from HOST.
  if (given[0] !== known[0]) return false;
  return editDistance(given, known) <= (known.length < 8 ? 1 : 2);
}

const lettersOf = (name: string): string => name.replace(/[_-]/g, '');

/** One line for the operator. */
export const hintOf = ({ variable, meant }: Lookalike): string =>
  `${variable}: not a variable of Mingjian, and not used${meant === undefined ? '' : `; is ${meant.variable} meant?`}`;

/**
 * What a misspelt variable would open by mistake: without the right one the server would take another ledger, or admit more
 * callers. Whoever sets the right variable, even to an empty value, has said what is meant.
 */
export const refusalsOf = (environment: Environment, purpose: 'server' | 'tool'): readonly string[] =>
  lookalikesIn(environment).flatMap(({ variable, meant }) =>
    meant?.guards === undefined ||
    environment[meant.variable] !== undefined ||
    (purpose === 'tool' && meant.guards !== 'ledger')
      ? []
      : [
          `${variable}: not a variable of Mingjian; expected ${meant.variable}, which decides ${GUARDED[meant.guards]}. If ${variable} belongs to another program, set ${meant.variable} too, if need be to an empty value`,
        ],
  );

const GUARDED = { ledger: 'which ledger is opened', access: 'who may do what' } as const;
