import { postOverHttp } from '../../src/webhooks/adapters/post-over-http';

/** Sends a post to each URL, of which every name has only this address, in a process of its own: node post-apart.ts <address> <url>… */
const [address, ...urls] = process.argv.slice(2) as [string, ...string[]];
const send = postOverHttp({
  testOrigins: new Set(),
  resolve: () => Promise.resolve([{ address, family: 4 }]),
  isPublic: (one) => one === address,
});

async function main(): Promise<void> {
  const never = new AbortController().signal;
  const results = [];
  for (const url of urls) results.push(await send({ url, headers: { 'webhook-id': 'a' }, body: '{}' }, never));
  process.stdout.write(JSON.stringify(results));
}

void main();
