import { ServerDuplexStream, ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import {
  AllStreamPosition,
  StreamDeleted,
  UUID,
  WrongExpectedVersion,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { Code } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/code_pb';
import { Status } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb';
import {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty as GoogleEmpty } from 'google-protobuf/google/protobuf/empty_pb';
import { Expected } from './commit-check';
import { Outcome, Proposed } from './log';
import { CallFailure, empty, identifierOf, nameOf, Place, streamDeleted } from './messages';

/** One append, as both of the server's methods for it pass it on. */
export interface AppendRequest {
  readonly stream: string;
  readonly events: readonly Proposed[];
  readonly expected: Expected;
  readonly requiresLeader: boolean;
}

export type Answer =
  | { readonly kind: 'made'; readonly revision: bigint; readonly place: Place | undefined }
  | { readonly kind: 'wrong-version'; readonly current: number }
  | { readonly kind: 'deleted' };

/** undefined: never answered. Throws the status with which the call ends. */
export type Appending = (request: AppendRequest) => Promise<Answer | undefined>;

type Batches = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

export const serveBatchAppend =
  (append: Appending) =>
  (call: Batches): void => {
    const proposals = new Map<string, { options: BatchAppendReq.Options; events: Proposed[] }>();
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId() ?? new UUID();
      const key = correlation.getString();
      const options = request.getOptions();
      if (options) proposals.set(key, { options, events: [] });
      const proposal = proposals.get(key);
      if (!proposal) return;
      proposal.events.push(...request.getProposedMessagesList().map(proposedOf));
      if (!request.getIsFinal()) return;
      proposals.delete(key);
      const stream = nameOf(proposal.options.getStreamIdentifier());
      const { options: asked, events } = proposal;
      append({ stream, events, expected: expectedOfBatch(asked), requiresLeader: requiresLeader(call) }).then(
        (answer) => {
          if (!answer || call.cancelled) return;
          const response = new BatchAppendResp()
            .setCorrelationId(correlation)
            .setStreamIdentifier(identifierOf(stream));
          call.write(withAnswer(response, answer, asked, stream));
        },
        (error: unknown) => {
          call.emit('error', failureOf(error));
        },
      );
    });
    call.on('end', () => {
      call.end();
    });
  };

function withAnswer(
  response: BatchAppendResp,
  answer: Answer,
  asked: BatchAppendReq.Options,
  stream: string,
): BatchAppendResp {
  if (answer.kind === 'made') {
    const success = new BatchAppendResp.Success().setCurrentRevision(String(answer.revision));
    const { place } = answer;
    if (!place) return response.setSuccess(success.setNoPosition(new GoogleEmpty()));
    const position = new AllStreamPosition();
    position.setCommitPosition(String(place.commit));
    position.setPreparePosition(String(place.prepare));
    return response.setSuccess(success.setPosition(position));
  }
  if (answer.kind === 'deleted') {
    const details = new StreamDeleted().setStreamIdentifier(identifierOf(stream));
    return response.setError(
      statusOf(Code.NOT_FOUND, 'StreamDeleted', details.serializeBinary(), 'event_store.client.StreamDeleted'),
    );
  }
  const details = new WrongExpectedVersion();
  if (answer.current < 0) details.setCurrentNoStream(new GoogleEmpty());
  else details.setCurrentStreamRevision(String(answer.current));
  if (asked.hasStreamPosition()) details.setExpectedStreamPosition(asked.getStreamPosition());
  else if (asked.hasNoStream()) details.setExpectedNoStream(new GoogleEmpty());
  else details.setExpectedAny(new GoogleEmpty());
  return response.setError(
    statusOf(
      Code.ALREADY_EXISTS,
      'WrongExpectedVersion',
      details.serializeBinary(),
      'event_store.client.WrongExpectedVersion',
    ),
  );
}

function statusOf(code: Code, message: string, details: Uint8Array, type: string): Status {
  const any = new Any();
  any.pack(details, type);
  return new Status().setCode(code).setMessage(message).setDetails(any);
}

export const serveAppend =
  (append: Appending) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, reply: sendUnaryData<AppendResp>): void => {
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposedOf(message));
    });
    call.on('end', () => {
      const asked = options ?? new AppendReq.Options();
      const stream = nameOf(asked.getStreamIdentifier());
      append({ stream, events, expected: expectedOf(asked), requiresLeader: requiresLeader(call) }).then(
        (answer) => {
          if (answer?.kind === 'deleted') reply(streamDeleted(stream));
          else if (answer) reply(null, appendResponse(answer, asked));
        },
        (error: unknown) => {
          reply(failureOf(error));
        },
      );
    });
  };

function appendResponse(answer: Exclude<Answer, { kind: 'deleted' }>, asked: AppendReq.Options): AppendResp {
  if (answer.kind === 'wrong-version') {
    const wrong = new AppendResp.WrongExpectedVersion();
    if (answer.current < 0) wrong.setCurrentNoStream(empty());
    else wrong.setCurrentRevision(String(answer.current));
    if (asked.hasRevision()) wrong.setExpectedRevision(asked.getRevision());
    else if (asked.hasNoStream()) wrong.setExpectedNoStream(empty());
    else wrong.setExpectedAny(empty());
    return new AppendResp().setWrongExpectedVersion(wrong);
  }
  const success = new AppendResp.Success().setCurrentRevision(String(answer.revision));
  const { place } = answer;
  if (!place) return new AppendResp().setSuccess(success.setNoPosition(empty()));
  const position = new AppendResp.Position()
    .setCommitPosition(String(place.commit))
    .setPreparePosition(String(place.prepare));
  return new AppendResp().setSuccess(success.setPosition(position));
}

function proposedOf(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: metadata.get('type') ?? '',
    isJson: metadata.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectedOfBatch(options: BatchAppendReq.Options): Expected {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return -1;
  return options.hasStreamExists() ? 'exists' : 'any';
}

function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return -1;
  return options.hasStreamExists() ? 'exists' : 'any';
}

const requiresLeader = (call: Pick<Batches, 'metadata'>): boolean =>
  call.metadata.get('requires-leader').some((value) => String(value).toLowerCase() === 'true');

function failureOf(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  throw error;
}

/** The reply to an append's outcome. */
export function answerOf(outcome: Outcome, placeOf: (revision: bigint) => Place | undefined): Answer | undefined {
  if (outcome.kind === 'dropped') return undefined;
  if (outcome.kind === 'made') return { kind: 'made', revision: outcome.last.revision, place: outcome.last };
  if (outcome.kind === 'wrong-version') return outcome;
  const revision = BigInt(outcome.revision);
  return { kind: 'made', revision, place: placeOf(revision) };
}
