import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CheckpointFile } from '../../evidence/adapters/checkpoint-file';
import { PlaceFile } from '../../evidence/adapters/place-file';
import { TileFiles } from '../../evidence/adapters/tile-files';
import { CheckpointSigner } from '../../evidence/checkpoint-signer';
import { parseVerifierKey } from '../../evidence/notes/verifier-key';
import { Config } from '../config';
import { checkpointFileIn, treeFolder } from './files';
import { signingKeys } from './signing-keys';

/** What a process keeps of the tree, and by which keys. */
export interface TreeParts {
  readonly signs: boolean;
  readonly signer: CheckpointSigner;
  readonly tiles: TileFiles;
  readonly places: PlaceFile;
  /** Removes what does not have to stay. */
  remove(): void;
}

/** undefined if this process has no tree. Throws `ConfigError`. */
export const configuredParts = (config: Config): TreeParts | undefined => partsToSign(config) ?? partsToRead(config);

function partsToSign(config: Config): TreeParts | undefined {
  const keys = config.roles.has('projector') ? signingKeys(config) : undefined;
  if (keys === undefined) return undefined;
  const folder = treeFolder(config);
  const signer = new CheckpointSigner(keys.origin, keys.signers, CheckpointFile.open(checkpointFileIn(folder)));
  return { signs: true, signer, ...filesIn(folder), remove: () => undefined };
}

/** Of a process that never signs. Its tree is computed at each start, because nothing depends on it. */
function partsToRead({ signing: { origin, verifierKeys } }: Config): TreeParts | undefined {
  if (origin === undefined || verifierKeys === undefined) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'mingjian-tree-'));
  const kept = CheckpointFile.open(checkpointFileIn(folder));
  return {
    signs: false,
    signer: new CheckpointSigner(origin, [], kept, verifierKeys.map(parseVerifierKey)),
    ...filesIn(folder),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const filesIn = (folder: string): Pick<TreeParts, 'tiles' | 'places'> => ({
  tiles: new TileFiles(folder),
  places: PlaceFile.open(folder),
});
