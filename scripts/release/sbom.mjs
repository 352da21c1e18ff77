// Prints the bill of materials of the npm package: CycloneDX, by npm's own `npm sbom`.
//
// npm is asked about what the package says of itself. `--omit=dev` in the project leaves out each package that tools of development need,
// too: a third of all.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manifest, writePackedManifest } from './packed-manifest.mjs';

const temporary = mkdtempSync(path.join(tmpdir(), 'mingjian-sbom-'));
try {
  // npm takes the name of the folder for that of the package.
  const folder = path.join(temporary, manifest.name);
  mkdirSync(folder);
  writePackedManifest(folder);
  execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'], {
    cwd: folder,
    stdio: 'inherit',
  });
} finally {
  rmSync(temporary, { recursive: true });
}
