/** What the modules of the page take from a browser when they are loaded, as far as tests in Node need it. Import it first. */

class Stored {
  private readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.items.set(key, value);
  removeItem = (key: string): void => void this.items.delete(key);
}

const given: Readonly<Record<string, unknown>> = {
  sessionStorage: new Stored(),
  localStorage: new Stored(),
  location: new URL('https://ledger.example/app/city/2023'),
  history: { pushState: () => undefined, replaceState: () => undefined },
  document: { documentElement: { lang: '', dataset: {} } },
  navigator: { languages: ['en'] },
  addEventListener: () => undefined,
  scrollTo: () => undefined,
};
for (const [name, value] of Object.entries(given))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

afterAll(() => {
  for (const name of Object.keys(given)) Reflect.deleteProperty(globalThis, name);
});
