import { readBounded } from '../../machine/bounded-reply';
import { VerifierKey } from '../notes/verifier-key';
import { WitnessLine, WitnessReply } from '../witness/asked-witness';

const TIMEOUT_MS = 5_000;
/** No checkpoint is longer. */
const MOST_BYTES = 65_536;

/** A witness at its submission prefix (C2SP tlog-witness). */
export const witnessOverHttp = (key: VerifierKey, prefix: string): WitnessLine => ({
  key,
  async send(body): Promise<WitnessReply> {
    const response = await fetch(`${prefix.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await readBounded(response, MOST_BYTES) };
  },
});
