import { writeSync } from 'node:fs';
import { KurrentStandIn } from './stand-in';

// The stand-in as a separate process: main.ts <folder> [port]. It prints one line, its connection string. The folder's content
// survives a restart.

const [folder = '', port = '0'] = process.argv.slice(2);

KurrentStandIn.start({ folder, port: Number(port) }).then(
  (standIn) => {
    writeSync(1, `${standIn.url}\n`);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void standIn.stop());
  },
  (error: unknown) => {
    writeSync(2, `${String(error)}\n`);
    process.exit(1);
  },
);
