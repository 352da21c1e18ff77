/** Why a file is not read. The reason is in Chinese, for the person that has sent it. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';

  constructor(
    message: string,
    /** How much memory the process that refused it has taken; undefined if it was this one, or was killed. */
    readonly maxBytes?: number,
  ) {
    super(message);
  }
}
