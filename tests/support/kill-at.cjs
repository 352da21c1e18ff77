// Kills this process at a chosen step: before its KILL_AT-th call that changes names of files or waits for the disk. Loaded with --require.
const fs = require('node:fs');

let left = Number(process.env.KILL_AT);

for (const name of ['fsyncSync', 'linkSync', 'renameSync', 'rmSync']) {
  const original = fs[name];
  fs[name] = (...parameters) => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
    return original(...parameters);
  };
}
