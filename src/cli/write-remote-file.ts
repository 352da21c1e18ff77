import { writeFileSync } from 'node:fs';
import { reportingFiles } from './backup';
import { CommandContext } from './command';
import { fetchFile } from './remote-file';
import { RemoteError } from './remote-ledger';
import { ServerAccess } from './server-access';
import { printable } from './table';

/** Writes what a server makes to a file, or prints it. Resolves to the exit status. */
export async function writeRemoteFile(
  access: ServerAccess,
  address: string,
  file: string | undefined,
  { out, err, signal }: CommandContext,
): Promise<number> {
  try {
    const bytes = await fetchFile(access, address, signal);
    if (file === undefined) out.write(bytes);
    else {
      reportingFiles(() => {
        writeFileSync(file, bytes);
      });
    }
    return 0;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    err.write(`${printable(error.message)}\n`);
    return 1;
  }
}
