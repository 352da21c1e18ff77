import { PublishedMoment } from '../open-data/moment';
import { RemoteError, RemoteLedger } from './remote-ledger';

/** As the API takes it. */
export interface AskedMoment {
  readonly knownAt?: string;
  readonly position?: string;
  readonly effectiveAt?: string;
}

interface Answer {
  readonly asOf: Pick<PublishedMoment, 'position' | 'knownAt' | 'effectiveAt'> | null;
  readonly viewer: { readonly readDepartments: readonly string[] } | null;
  readonly ledger: { readonly timeZone: string; readonly demo: boolean } | null;
}

const QUESTION = `query Moment($at: AsOfInput!) {
  asOf(at: $at) { position knownAt effectiveAt }
  viewer { readDepartments }
  ledger { timeZone demo }
}`;

/** Fixes a moment by its position. However it was named, the same position and effective moment give the same answer. */
export async function remoteMoment(
  ledger: RemoteLedger,
  asked: AskedMoment,
): Promise<Omit<PublishedMoment, 'departments' | 'fiscalYear'>> {
  const { position, effectiveAt } = (await answer(ledger, asked)).asOf;
  const fixed = await answer(ledger, { position, effectiveAt: effectiveAt ?? undefined });
  const { timeZone, demo } = fixed.ledger;
  return { ...fixed.asOf, timeZone, isDemo: demo, readable: fixed.viewer.readDepartments };
}

async function answer(ledger: RemoteLedger, at: AskedMoment) {
  const answered = await ledger.ask<Answer>(QUESTION, { at });
  const { asOf, viewer, ledger: about } = answered;
  if (asOf === null || viewer === null || about === null)
    throw new RemoteError('The server does not say what it reads');
  return { asOf, viewer, ledger: about };
}
