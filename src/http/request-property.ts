import type { FastifyRequest } from 'fastify';

/** What this server keeps with a request. A WeakMap with short-lived keys would cost the garbage collector more. */
export class RequestProperty<Value> {
  private readonly key: symbol;

  constructor(description: string) {
    this.key = Symbol(description);
  }

  of(request: FastifyRequest): Value | undefined {
    return this.bagOf(request)[this.key];
  }

  set(request: FastifyRequest, value: Value): void {
    this.bagOf(request)[this.key] = value;
  }

  private bagOf(request: object): Record<symbol, Value | undefined> {
    return request as Record<symbol, Value | undefined>;
  }
}
