import { backUp } from '../../src/event-store/adapters/sqlite/backup';
import { restore } from '../../src/event-store/adapters/sqlite/restore';

// Backs up or restores a ledger in a process of its own, and may be killed meanwhile.

const [what = '', ledger = '', copy = ''] = process.argv.slice(2);
if (what === 'backup') backUp({ from: ledger, to: copy, overwrite: false });
else restore({ backup: copy, ledger, prefix: 'mingjian-', kind: 'real', putAside: true });
