/** A part that we depend on cannot be reached or cannot be trusted right now. Thrown, never returned; the caller may try again. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/**
 * What is stored contradicts itself or this program: a hole in a stream, an event of an unknown type. Nothing may be
 * answered from it, and trying again does not help: a person has to look.
 */
export class CorruptLedger extends Error {
  override readonly name = 'CorruptLedger';
}
