import { UnsoundEvidence } from '../unsound';
import { readNumber } from './fields';
import { SignatureType, parseVerifierKey, VerifierKey } from './verifier-key';

/** Whom a verifier trusts (C2SP tlog-policy). */
export interface Policy {
  /** Each is named by the origin of its log. */
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
  /** Where each witness is asked, if the policy says so. */
  readonly addresses: ReadonlyMap<VerifierKey, string>;
  /** Whether enough witnesses have cosigned a checkpoint. */
  isQuorum(cosigners: ReadonlySet<VerifierKey>): boolean;
}

type Rule = Policy['isQuorum'];

const NO_WITNESSES = 'none';

/** No office trusts as many. More would only take time, and groups of groups would fill the stack. */
const MOST_CHARACTERS = 262_144;
const MOST_NAMES = 1_000;

export function parsePolicy(text: string): Policy {
  if (text.length > MOST_CHARACTERS) {
    throw new UnsoundEvidence(`The policy has more than ${MOST_CHARACTERS} characters`);
  }
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(text)) throw new UnsoundEvidence('The policy has control characters');
  const reader = new PolicyReader();
  for (const [at, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0 || words[0]?.startsWith('#') === true) continue;
    try {
      reader.read(words);
    } catch (error) {
      if (!(error instanceof UnsoundEvidence)) throw error;
      throw new UnsoundEvidence(`Line ${at + 1} of the policy: ${error.message}`);
    }
  }
  return reader.policy();
}

class PolicyReader {
  private readonly logs: VerifierKey[] = [];
  private readonly witnesses: VerifierKey[] = [];
  private readonly addresses = new Map<VerifierKey, string>();
  private readonly rules = new Map<string, Rule>();
  private readonly membersOfGroups = new Set<string>();
  private quorum: Rule | undefined;

  read([kind = '', ...words]: readonly string[]): void {
    const [first = '', second = '', third] = words;
    if (kind === 'log' && isBetween(words, 1, 2)) addKey(this.logs, first, 'note');
    else if (kind === 'witness' && isBetween(words, 2, 3)) this.addWitness(first, second, third);
    else if (kind === 'group' && words.length >= 3) this.addGroup(first, second, words.slice(2));
    else if (kind === 'quorum' && words.length === 1) this.setQuorum(first);
    else throw new UnsoundEvidence(`it does not say what a policy can say: ${kind}`);
  }

  policy(): Policy {
    const { logs, witnesses, addresses, quorum } = this;
    if (quorum === undefined) throw new UnsoundEvidence('The policy has no quorum line');
    return { logs, witnesses, addresses, isQuorum: quorum };
  }

  private addWitness(name: string, text: string, address: string | undefined): void {
    const key = addKey(this.witnesses, text, 'cosignature');
    if (address !== undefined) this.addresses.set(key, address);
    this.define(name, (cosigners) => cosigners.has(key));
  }

  private addGroup(name: string, threshold: string, members: readonly string[]): void {
    const rules = members.map((member) => {
      if (this.membersOfGroups.has(member)) throw new UnsoundEvidence(`${member} is in a group already`);
      this.membersOfGroups.add(member);
      return this.ruleOf(member);
    });
    const needed = thresholdOf(threshold, rules.length);
    this.define(name, (cosigners) => rules.filter((isMet) => isMet(cosigners)).length >= needed);
  }

  private setQuorum(name: string): void {
    if (this.quorum !== undefined) throw new UnsoundEvidence('there is a quorum already');
    this.quorum = name === NO_WITNESSES ? () => true : this.ruleOf(name);
  }

  private define(name: string, rule: Rule): void {
    if (this.rules.size === MOST_NAMES) throw new UnsoundEvidence(`the policy has more than ${MOST_NAMES} names`);
    if (name === NO_WITNESSES || this.rules.has(name)) throw new UnsoundEvidence(`${name} is defined already`);
    this.rules.set(name, rule);
  }

  private ruleOf(name: string): Rule {
    const rule = this.rules.get(name);
    if (rule === undefined) throw new UnsoundEvidence(`${name} is not defined before`);
    return rule;
  }
}

function addKey(keys: VerifierKey[], text: string, type: SignatureType): VerifierKey {
  const key = parseVerifierKey(text);
  if (key.type !== type) throw new UnsoundEvidence(`the key of ${key.name} is for another kind of signature`);
  if (keys.some(({ publicKey }) => publicKey.equals(key.publicKey))) {
    throw new UnsoundEvidence(`the key of ${key.name} is given twice`);
  }
  keys.push(key);
  return key;
}

function thresholdOf(text: string, members: number): number {
  if (text === 'any') return 1;
  if (text === 'all') return members;
  const needed = readNumber(text, 'the threshold of the group');
  if (needed < 1n || needed > BigInt(members)) throw new UnsoundEvidence(`the group cannot have ${text} members`);
  return Number(needed);
}

const isBetween = ({ length }: readonly unknown[], least: number, most: number): boolean =>
  length >= least && length <= most;
