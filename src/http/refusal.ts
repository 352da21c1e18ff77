import { ErrorCode, StatusName, STATUSES } from './statuses';

type Headers = Readonly<Record<string, string>>;

/** The refusal of a request because of its HTTP form. Its content does not matter. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';

  constructor(
    private readonly reason: StatusName,
    message: string,
    readonly headers: Headers = {},
    /** What else the client learns, in the extensions of the error. */
    readonly details: object = {},
  ) {
    super(message);
  }

  get status(): number {
    return STATUSES[this.reason].other;
  }

  get code(): ErrorCode {
    return STATUSES[this.reason].code;
  }
}
