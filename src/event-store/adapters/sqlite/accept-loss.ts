import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { Outage } from '../../../kernel/outage';
import { anchorPathOf, createAnchor, readAnchor } from './anchor-file';
import { checkLedger, soundTail } from './checked-ledger';
import { AnchorMismatch } from './checked-tail';
import { LedgerLock } from './ledger-lock';

export interface AcceptedLoss {
  /** What was wrong. */
  readonly problem: string;
  /** Where the log ends. */
  readonly head: bigint;
  /** The file that records what was accepted. */
  readonly record: string;
}

export const lossesPathOf = (ledger: string): string => `${ledger}-losses`;

/**
 * Takes the log as it is from now on, although its anchor knows of other events, and records that. undefined if nothing is lost. Throws
 * `CorruptLedger` if the newest events cannot be read: then only a backup helps.
 */
export function acceptLoss(ledger: string, now: Date): AcceptedLoss | undefined {
  if (!existsSync(ledger)) throw new Outage(`There is no ledger file ${ledger}`);
  const lock = LedgerLock.take(ledger);
  try {
    const path = anchorPathOf(ledger);
    const known = readAnchor(path);
    if (known === undefined || known === 'unreadable') return undefined;
    const problem = problemOf(ledger);
    if (problem === undefined) return undefined;
    const accepted = soundTail(ledger, undefined).record(known.generation + 1);
    const record = lossesPathOf(ledger);
    const line = { acceptedAt: now.toISOString(), problem, recorded: known, found: accepted };
    appendLine(
      record,
      JSON.stringify(line, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    );
    createAnchor(path, accepted);
    return { problem, head: accepted.position, record };
  } finally {
    lock.release();
  }
}

function problemOf(ledger: string): string | undefined {
  try {
    checkLedger(ledger);
    return undefined;
  } catch (error) {
    if (error instanceof AnchorMismatch) return error.problem;
    throw error;
  }
}

function appendLine(path: string, line: string): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, `${line}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
