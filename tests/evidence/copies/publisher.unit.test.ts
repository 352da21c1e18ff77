import { createServer, IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { CheckpointFile } from '../../../src/evidence/adapters/checkpoint-file';
import { CopiesInFile } from '../../../src/evidence/adapters/copies-in-file';
import { CopiesOverHttp } from '../../../src/evidence/adapters/copies-over-http';
import { CheckpointSigner } from '../../../src/evidence/checkpoint-signer';
import { CheckpointCopies } from '../../../src/evidence/copies/checkpoint-copies';
import { Publisher } from '../../../src/evidence/copies/publisher';
import { KeptCheckpoint } from '../../../src/evidence/kept-checkpoint';
import { checkpointText } from '../../../src/evidence/notes/checkpoint';
import { signerOf, signNote } from '../../../src/evidence/notes/signatures';
import { printNote } from '../../../src/evidence/notes/signed-note';
import { sha256 } from '../../../src/evidence/tree/hashes';
import { NO_TELEMETRY } from '../../../src/kernel/telemetry';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/temporary-folder';
import { FIRST, SECOND } from '../notes/keys';

const ORIGIN = 'ledger.example';
const onEnd = cleanUps();
const own = signerOf(ORIGIN, 'note', FIRST);

let folder: string;
beforeEach(() => {
  const temporary = temporaryFolder();
  onEnd(() => {
    temporary.remove();
  });
  folder = temporary.path;
});

function checkpoint(treeSize: bigint, by = own): KeptCheckpoint {
  const text = checkpointText({ origin: ORIGIN, treeSize, rootHash: sha256(String(treeSize)) });
  const note = printNote({ text, signatures: [signNote(text, by)] });
  return { treeSize, position: treeSize, recordedAt: 0, note, headsNote: note };
}

/** A signer with a file of its own, and the places where copies are. */
function start(copies: readonly CheckpointCopies[], name = 'own') {
  const signer = new CheckpointSigner(ORIGIN, [own], CheckpointFile.open(`${folder}/${name}.jsonl`));
  const publisher = new Publisher({
    log: { head: () => Promise.resolve(7n) },
    signer,
    copies,
    witnesses: [],
    consistency: () => [],
    telemetry: NO_TELEMETRY,
  });
  return { signer, publisher };
}

const inFile = () => new CopiesInFile('the other disk', `${folder}/other/copies.jsonl`);

/** An address that keeps what is put there. */
async function addressThatKeeps(): Promise<string> {
  let kept: string | undefined;
  const read = async (request: IncomingMessage) => Buffer.concat(await request.toArray()).toString();
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      if (request.method === 'PUT') kept = body;
      response.statusCode = request.method === 'GET' && kept === undefined ? 404 : 200;
      response.end(request.method === 'GET' ? kept : undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/checkpoint`;
}

test.each<[string, () => Promise<CheckpointCopies>]>([
  ['in a file', () => Promise.resolve(inFile())],
  ['at an address', async () => new CopiesOverHttp('the other office', await addressThatKeeps())],
])('a new signer starts from the newest copy: %s', async (_, open) => {
  const copies = await open();
  const first = start([copies]);
  await first.publisher.adopt();
  expect(first.publisher.problems).toEqual([expect.stringMatching(/has found no earlier checkpoint/)]);
  for (const size of [3n, 5n]) first.signer.kept.keep(checkpoint(size));
  first.publisher.publish();
  await eventually('there is a copy', async () => (await copies.newest())?.treeSize === 5n);

  const second = start([copies], 'another');
  await second.publisher.adopt();
  expect(second.signer.kept.newest).toEqual(checkpoint(5n));
  expect(second.publisher.problems).toEqual([]);
});

test('an older copy does not replace what a signer has itself', async () => {
  const copies = inFile();
  await copies.put(checkpoint(3n));
  const { signer, publisher } = start([copies]);
  signer.kept.keep(checkpoint(4n));
  await publisher.adopt();
  expect(signer.kept.newest).toEqual(checkpoint(4n));
});

test('a copy that another key has signed is refused', async () => {
  const copies = inFile();
  await copies.put(checkpoint(3n, signerOf(ORIGIN, 'note', SECOND)));
  await expect(start([copies]).publisher.adopt()).rejects.toThrow(/were signed with another key/);
});

test('says which place cannot be reached, until it can be', async () => {
  let isAway = true;
  const copies: CheckpointCopies = {
    name: 'the other disk',
    newest: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(undefined)),
    put: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve()),
  };
  const { signer, publisher } = start([copies]);
  signer.kept.keep(checkpoint(4n));
  await publisher.adopt();
  expect(publisher.problems).toEqual(['the other disk: away: The log is compared without it']);
  isAway = false;
  publisher.publish();
  await eventually('all is well', () => Promise.resolve(publisher.problems.length === 0));
});
