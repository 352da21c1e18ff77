import type { FastifyReply, FastifyRequest } from 'fastify';
import { Telemetry, Transport } from '../kernel/telemetry';
import { OngoingOperation } from './ongoing-operation';
import { codeOfStatus } from './outcomes';
import { RequestProperty } from './request-property';

/** The hooks of a route whose requests are operations: each is reported when it is answered, also if it is refused. */
export class OperationHooks {
  private readonly ongoing = new RequestProperty<OngoingOperation>('operation');

  constructor(
    private readonly telemetry: Telemetry,
    private readonly transport: Transport,
  ) {}

  /** The operation of a request. It begins with the first call. */
  of(request: FastifyRequest): OngoingOperation {
    let operation = this.ongoing.of(request);
    if (operation === undefined) {
      operation = new OngoingOperation(this.telemetry, this.transport, request.id);
      this.ongoing.set(request, operation);
    }
    return operation;
  }

  /** For a hook of Fastify before the answer is sent. */
  answered(request: FastifyRequest, { statusCode }: FastifyReply): void {
    const operation = this.of(request);
    if (operation.type === 'unknown') {
      const code = codeOfStatus(statusCode);
      if (code !== undefined) operation.failed(code);
    }
    operation.end();
  }
}
