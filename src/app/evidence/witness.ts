import path from 'node:path';
import { FastifyInstance } from 'fastify';
import { WitnessFile } from '../../evidence/adapters/witness-file';
import { Witness, WitnessAnswer } from '../../evidence/witness/witness';
import { AddressOf } from '../../http/client-address';
import { enterByAddress } from '../../http/entrance';
import { systemClock } from '../../kernel/time';
import { Config, ConfigError } from '../config';
import { policyIn } from './outside';
import { signersIn } from './signing-keys';

/** Longer than any checkpoint with its proof. */
const MOST_BYTES = 65_536;

/** undefined if this server is no witness. Throws `ConfigError`. */
export function configuredWitness(config: Config): Witness | undefined {
  const { keyFile, name, logs: file } = config.witness;
  if (keyFile === undefined || name === undefined || file === undefined) return undefined;
  const [signer, ...others] = signersIn('WITNESS_KEY_FILE', keyFile, { name, type: 'cosignature' });
  if (signer === undefined || others.length > 0)
    throw new ConfigError(`WITNESS_KEY_FILE: ${keyFile}: expected one key`);
  const { logs } = policyIn('WITNESSED_LOGS_FILE', file);
  if (logs.length === 0) throw new ConfigError(`WITNESSED_LOGS_FILE: ${file} has no log`);
  const memory = new WitnessFile(path.join(config.dataDir, 'witnessed.json'));
  return new Witness({ signer, logs, memory, clock: systemClock });
}

/** `POST /witness/add-checkpoint` (C2SP tlog-witness). Who may ask is decided by the signature of the checkpoint. */
export async function serveWitness(fastify: FastifyInstance, witness: Witness, addressOf: AddressOf): Promise<void> {
  await fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MOST_BYTES }, (_request, body, parsed) => {
      parsed(null, body);
    });
    scope.post('/witness/add-checkpoint', { preHandler: enterByAddress(addressOf) }, (request, reply) => {
      const answer = witness.add(typeof request.body === 'string' ? request.body : '');
      const { status, text, type = 'text/plain; charset=utf-8' } = shown(answer);
      return reply.code(status).header('content-type', type).send(text);
    });
    done();
  });
}

interface Shown {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
}

function shown(answer: WitnessAnswer): Shown {
  switch (answer.kind) {
    case 'cosigned':
      return { status: 200, text: answer.line };
    case 'malformed':
      return { status: 400, text: `${answer.message}\n` };
    case 'not-signed':
      return { status: 403, text: 'No key of this log that is known here has signed the checkpoint\n' };
    case 'unknown-log':
      return { status: 404, text: 'This log is not witnessed here\n' };
    case 'conflict':
      return { status: 409, text: `${answer.treeSize}\n`, type: 'text/x.tlog.size' };
    case 'not-consistent':
      return { status: 422, text: 'The checkpoint is not consistent with the one before\n' };
  }
}
