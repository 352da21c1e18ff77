import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivateFolder, syncFolder, writePrivateFile } from '../../machine/private-files';
import { reachingFiles } from '../../machine/reaching-files';
import { hashOf, SecretStore } from '../secret';

/** A file for each secret, which only the user that the server runs as can read. Its name is the hash. */
export class SecretFiles implements SecretStore {
  constructor(private readonly folder: string) {}

  put(secret: string): void {
    reachingFiles(() => {
      makePrivateFolder(this.folder);
      writePrivateFile(this.fileOf(hashOf(secret)), secret);
      syncFolder(this.folder);
    });
  }

  get(hash: string): string | undefined {
    const secret = reachingFiles(() => this.read(hash));
    // A file that was damaged signs nothing.
    return secret !== undefined && hashOf(secret) === hash ? secret : undefined;
  }

  remove(hash: string): void {
    reachingFiles(() => {
      rmSync(this.fileOf(hash), { force: true });
    });
  }

  private read(hash: string): string | undefined {
    try {
      return readFileSync(this.fileOf(hash), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private fileOf(hash: string): string {
    return path.join(this.folder, hash);
  }
}
