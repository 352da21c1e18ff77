import { createHash } from 'node:crypto';
import { EvidenceJson, evidencePieces, madeEvidence } from '../../evidence/files/evidence-file';
import { fingerprintOfHash } from '../../evidence/files/fingerprint';
import { HttpRefusal } from '../../http/refusal';
import { refused, unwrap } from '../../kernel/refusal';
import { Slots } from '../../kernel/slots';
import { longWork, Worker } from '../../kernel/turns';
import { EvidenceSource, makeEvidence } from '../../proving/evidence-maker';
import { pagePieces } from '../../proving/page/evidence-page';
import { makeTlogProof } from '../../proving/tlog-proof-maker';
import { ReadingRequest } from '../../reading/request';
import { Answer } from '../send';
import { ExportServices } from '../services';
import { workerOf } from '../stopping';
import { HeldChanges } from './held-changes';
import { EvidenceRequest } from './parameters';
import { EvidenceTerms } from './services';

/** How many files a process makes at the same time. */
const making = new Slots(2);
const held = new HeldChanges();
const PIECE_CHARACTERS = 65_536;

/** The page has no scripts, and loads nothing. */
const PAGE_HEADERS = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" };

export async function evidenceFor(
  reading: ReadingRequest<ExportServices>,
  terms: EvidenceTerms,
  { asked, form }: EvidenceRequest,
): Promise<Answer> {
  const room = held.roomFor(reading.principal.sub);
  const make = async (source: EvidenceSource) => {
    const { file, position } = await makeEvidence(reading.services, { ...source, reserve: room.take }, asked);
    return { position, text: form === 'html' ? await pageOf(file, reading.work) : evidencePieces(file) };
  };
  try {
    const { text, position } = await made(reading, terms, make);
    const kind =
      form === 'html'
        ? { contentType: 'text/html; charset=utf-8', headers: PAGE_HEADERS, fields: ['evidence', 'page'] }
        : { contentType: 'application/json', fields: ['evidence'] };
    return answerOf(reading, { ...kind, position, over: room.release }, text);
  } catch (error) {
    room.release();
    throw error;
  }
}

export async function tlogProofFor(
  reading: ReadingRequest<ExportServices>,
  terms: EvidenceTerms,
  change: bigint,
): Promise<Answer> {
  const { text, position } = await made(reading, terms, (source) => makeTlogProof(reading.services, source, change));
  return answerOf(reading, { contentType: 'text/plain; charset=utf-8', fields: ['tlogProof'], position }, [text]);
}

async function pageOf(file: EvidenceJson, worker: Worker): Promise<Iterable<string>> {
  const hash = createHash('sha256');
  for await (const piece of longWork.each(evidencePieces(file), worker)) hash.update(piece);
  return pagePieces(madeEvidence(file), fingerprintOfHash(hash.digest()));
}

async function made<Made>(
  { services, principal, masking, work }: ReadingRequest<ExportServices>,
  { source }: EvidenceTerms,
  make: (source: EvidenceSource) => Promise<Made>,
): Promise<Made> {
  if (masking !== undefined) {
    const message =
      'Evidence shows events as they are on record, with the names of persons. The roles of the token do not see these.';
    unwrap(refused({ kind: 'FORBIDDEN', message }));
  }
  if (source === undefined) {
    throw new HttpRefusal('NOT_FOUND', 'This server has no signed tree of the log, so there is no evidence');
  }
  const makeInTurn = async () => {
    await longWork.turn(work);
    return make(source);
  };
  return making.run(principal.sub, makeInTurn, services.patience);
}

function answerOf(
  { work, services, principal }: ReadingRequest<ExportServices>,
  answer: Pick<Answer, 'contentType' | 'headers' | 'fields' | 'position' | 'over'>,
  text: Iterable<string>,
): Answer {
  services.patience?.lift();
  return { ...answer, work, pieces: (signal) => inPieces(text, workerOf(principal.sub, signal)) };
}

async function* inPieces(text: Iterable<string>, worker: Worker): AsyncGenerator<string> {
  let piece = '';
  for await (const part of longWork.each(text, worker)) {
    piece += part;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
