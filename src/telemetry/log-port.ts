type Write = (details: object, message: string) => void;

/** A logger of pino. */
export interface Log {
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
