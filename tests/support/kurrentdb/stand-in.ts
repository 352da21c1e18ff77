import { once } from 'node:events';
import { Server, ServerWritableStream } from '@grpc/grpc-js';
import { GossipService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb';
import {
  ClusterInfo,
  EndPoint,
  MemberInfo,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb';
import { ServerFeaturesService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import {
  SupportedMethod,
  SupportedMethods,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb';
import { UUID } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { StreamsService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { Bell } from '../../../src/kernel/async';
import { Answer, answerOf, AppendRequest, serveAppend, serveBatchAppend } from './appending';
import { Door, openDoor } from './door';
import { copyLog, LogOptions, StandInLog } from './log';
import { CallFailure, notLeader, Place, unavailable } from './messages';
import { ReadRequest, readRequest } from './read-request';
import { Response, responsesTo } from './reading';

export type Drop = 'cleanly' | 'with an error' | 'silently';

/** A read or subscription of a client, and its state. */
export class ReadCall {
  events = 0;
  /** The last item that was sent. */
  checkpoint: Place | undefined;
  /** Waits until the client accepts more. */
  blocked = false;
  /** Cancelled by the client, or with its connection. */
  cancelled = false;
  ended: Drop | 'done' | undefined;
  readonly stop = new AbortController();

  constructor(readonly request: ReadRequest) {}

  count(response: Response): void {
    if (!(response instanceof ReadResp)) this.events++;
    const checkpoint = response instanceof ReadResp ? response.getCheckpoint() : undefined;
    if (!checkpoint) return;
    this.checkpoint = {
      commit: BigInt(checkpoint.getCommitPosition()),
      prepare: BigInt(checkpoint.getPreparePosition()),
    };
  }

  end(how: Drop | 'done'): void {
    this.ended ??= how;
    this.stop.abort();
  }
}

/** How the server misbehaves. Tests set it while they run. */
export interface Conduct {
  /**
   * What happens to appends: recorded but never answered; recorded, then the server is gone; neither recorded nor answered. Or
   * what happens to the next one: the connections are closed, before or after it is recorded.
   */
  appends?: 'unanswered' | 'cut off' | 'stalled' | 'dropped before' | 'dropped after';
  /** Each subscription closes the connections before it sends anything. */
  dropsSubscriptions?: boolean;
  /** Reads and appends wait for it before they are handled. */
  hold?: Promise<void>;
  /** Repeated appends are answered without a position. */
  withoutPosition?: boolean;
  /** Subscriptions are accepted, but nothing is sent. */
  silent?: boolean;
  /** A client that asks for the leader is sent there. */
  leader?: { readonly host: string; readonly port: number };
  batchAppend?: boolean;
}

export interface StandInOptions extends LogOptions {
  readonly port?: number;
}

/** Implements the streams protocol of KurrentDB for the official client. For tests. */
export class KurrentStandIn {
  readonly conduct: Conduct = {};
  readonly calls: ReadCall[] = [];
  readonly appends: AppendRequest[] = [];
  private readonly changed = new Bell();
  private door: Door | undefined;

  private constructor(
    public log: StandInLog,
    public port: number,
    private readonly options: LogOptions,
  ) {}

  static async start({ port = 0, ...options }: StandInOptions): Promise<KurrentStandIn> {
    const standIn = new KurrentStandIn(await StandInLog.open(options), port, options);
    await standIn.listen();
    return standIn;
  }

  /** The client's bridge waits for one interval, by default half a second, before it connects for the first time. */
  get url(): string {
    return `kurrentdb://127.0.0.1:${this.port}?tls=false&discoveryInterval=10`;
  }

  get subscriptions(): readonly ReadCall[] {
    return this.calls.filter(({ request }) => request.subscription && request.stream === undefined);
  }

  /** Ends the open subscriptions to the whole log. */
  drop(how: Drop): void {
    for (const call of this.subscriptions) if (!call.ended) call.end(how);
    this.changed.ring();
  }

  /** Resolves as soon as `holds` is true for what the clients have done. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await this.changed.wait();
  }

  /** Closes all connections. Clients may connect again at once. */
  dropConnections(): void {
    this.door?.drop();
  }

  /** Closes the port and all connections; `listen` opens the same port again. */
  goAway(): void {
    this.door?.close();
    this.door = undefined;
    this.changed.ring();
  }

  async listen(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    this.addServices(server);
    this.door = await openDoor(server, this.port);
    this.port = this.door.port;
  }

  /** Restarts with what is in its folder: what was only in memory is lost. */
  async restart(): Promise<void> {
    await this.replaceLog(() => undefined);
    await this.listen();
  }

  /** Stops while its log is copied into another folder, as for an operator's backup. */
  async copyLogTo(folder: string): Promise<void> {
    await this.replaceLog(() => {
      copyLog(this.options.folder, folder);
    });
    await this.listen();
  }

  /** Stops, and continues with the log of another folder; an empty folder has an empty log. `listen` starts it again. */
  putBack(folder: string): Promise<void> {
    return this.replaceLog(() => {
      copyLog(folder, this.options.folder);
    });
  }

  async stop(): Promise<void> {
    this.goAway();
    await this.log.close();
  }

  private async replaceLog(whileStopped: () => void): Promise<void> {
    this.goAway();
    await this.log.close();
    whileStopped();
    this.log = await StandInLog.open(this.options);
  }

  private addServices(server: Server): void {
    const appending = (request: AppendRequest) => this.append(request);
    server.addService(
      { ...StreamsService, read: { ...StreamsService.read, responseSerialize: bytesOf } },
      {
        read: (call: ServerWritableStream<ReadReq, Response>) => {
          void this.read(call);
        },
        append: serveAppend(appending),
        batchAppend: serveBatchAppend(appending),
      },
    );
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, reply: (error: null, methods: SupportedMethods) => void) => {
        reply(null, this.supportedMethods());
      },
    });
    server.addService(GossipService, {
      read: (_call: unknown, reply: (error: null, cluster: ClusterInfo) => void) => {
        reply(null, this.cluster());
      },
    });
  }

  private async read(call: ServerWritableStream<ReadReq, Response>): Promise<void> {
    const read = new ReadCall(readRequest(call.request));
    this.calls.push(read);
    call.on('cancelled', () => {
      read.cancelled = true;
      read.end('done');
      this.changed.ring();
    });
    this.changed.ring();
    try {
      await this.conduct.hold;
      if (this.conduct.leader && call.metadata.get('requires-leader').length > 0) throw notLeader(this.conduct.leader);
      if (this.conduct.dropsSubscriptions === true && read.request.subscription) this.dropConnections();
      const silent = this.conduct.silent === true && read.request.subscription;
      if (silent) read.end('silently');
      for await (const response of responsesTo(read.request, this.log, read.stop.signal)) {
        if (read.ended) break;
        read.count(response);
        if (!call.write(response)) await this.drained(call, read);
        if (read.request.subscription) this.changed.ring();
      }
      if (read.ended === 'with an error') throw unavailable();
      if (read.ended !== 'silently') call.end();
      read.end('done');
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      read.end('done');
      call.emit('error', error);
    }
    this.changed.ring();
  }

  private async drained(call: ServerWritableStream<ReadReq, Response>, read: ReadCall): Promise<void> {
    read.blocked = true;
    this.changed.ring();
    await once(call, 'drain', { signal: read.stop.signal }).catch(() => undefined);
    read.blocked = false;
  }

  private async append(request: AppendRequest): Promise<Answer | undefined> {
    const { stream, events, expected } = request;
    const { appends, leader, withoutPosition } = this.conduct;
    this.appends.push(request);
    this.changed.ring();
    await this.conduct.hold;
    if (leader && request.requiresLeader) throw notLeader(leader);
    // The client that sent it is no longer connected.
    if (appends === 'stalled' || this.door === undefined) return undefined;
    if (this.log.deleted.has(stream)) return { kind: 'deleted' };
    const isDropped = appends === 'dropped before' || appends === 'dropped after';
    if (isDropped) delete this.conduct.appends;
    if (appends === 'dropped before') {
      this.dropConnections();
      return undefined;
    }
    const outcome = await this.log.append(stream, events, expected);
    this.changed.ring();
    if (appends === 'cut off') this.goAway();
    if (isDropped) this.dropConnections();
    if (appends !== undefined) return undefined;
    return answerOf(outcome, (revision) => (withoutPosition ? undefined : this.log.streamOf(stream)[Number(revision)]));
  }

  private supportedMethods(): SupportedMethods {
    const methods = ['read', 'append', ...(this.conduct.batchAppend === false ? [] : ['batchappend'])];
    return new SupportedMethods()
      .setEventStoreServerVersion('26.1.0')
      .setMethodsList(
        methods.map((method) =>
          new SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(method),
        ),
      );
  }

  private cluster(): ClusterInfo {
    return new ClusterInfo().setMembersList([
      new MemberInfo()
        .setInstanceId(new UUID().setString('00000000-0000-0000-0000-000000000001'))
        .setTimeStamp('0')
        .setState(MemberInfo.VNodeState.LEADER)
        .setIsAlive(true)
        .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(this.port)),
    ]);
  }
}

const bytesOf = (response: Response): Buffer =>
  Buffer.from(response instanceof Uint8Array ? response : response.serializeBinary());
