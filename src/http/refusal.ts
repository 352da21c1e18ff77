import { Refusal } from '../kernel/refusal';

/** The codes of the HTTP layer's own refusals; a subset of the API's codes. */
export type HttpCode = Extract<Refusal['kind'], 'BAD_USER_INPUT' | 'NOT_FOUND' | 'LIMIT_EXCEEDED'>;

/** A request that is refused because of its HTTP form, before its content is read. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';

  readonly code: HttpCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly statusCode: number,
    message: string,
    { code = 'BAD_USER_INPUT', headers = {} }: HttpRefusalDetails = {},
  ) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

export interface HttpRefusalDetails {
  readonly code?: HttpCode;
  readonly headers?: Readonly<Record<string, string>>;
}
