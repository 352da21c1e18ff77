import { DocumentNode, GraphQLError } from 'graphql';
import { Guard } from '../execution/guard';
import { EVERY_KIND } from '../execution/operation-kinds';
import { documentOf, GuardedRequest } from '../execution/request';
import { ListedDocument } from './manifest';

export interface TrustedDocument {
  readonly hash: string;
  readonly text: string;
  readonly document: DocumentNode;
}

/** A listed document that the API would refuse. */
export interface RefusedDocument {
  readonly listed: ListedDocument;
  readonly errors: readonly GraphQLError[];
}

/** Some listed documents are refused by the schema or by the limits. */
export class RefusedDocuments extends Error {
  override readonly name = 'RefusedDocuments';

  constructor(readonly refused: readonly RefusedDocument[]) {
    super(`the API refuses ${refused.length} of the listed documents: ${describe(refused)}`);
  }
}

/** The listed documents, each parsed and validated once. */
export class TrustedDocuments {
  private readonly byHash = new Map<string, TrustedDocument>();
  private readonly byText = new Map<string, TrustedDocument>();

  /** `judge` is what every document has to pass. Throws `RefusedDocuments`. */
  constructor(listed: readonly ListedDocument[], judge: Guard) {
    const refused: RefusedDocument[] = [];
    for (const entry of listed) {
      const request: GuardedRequest = { query: entry.text, kinds: EVERY_KIND };
      const errors = judge(request);
      if (errors.length > 0) refused.push({ listed: entry, errors });
      else this.add(entry, documentOf(request));
    }
    if (refused.length > 0) throw new RefusedDocuments(refused);
  }

  withHash(hash: string | undefined): TrustedDocument | undefined {
    return hash === undefined ? undefined : this.byHash.get(hash);
  }

  /** Compares texts without hashing them. */
  withText(text: string): TrustedDocument | undefined {
    return this.byText.get(text);
  }

  private add({ hash, text }: ListedDocument, document: DocumentNode): void {
    const trusted = { hash, text, document };
    this.byHash.set(hash, trusted);
    this.byText.set(text, trusted);
  }
}

const MOST_DESCRIBED = 5;

function describe(refused: readonly RefusedDocument[]): string {
  const described = refused
    .slice(0, MOST_DESCRIBED)
    .map(({ listed: { name, hash }, errors: [error] }) => `${name ?? hash}: ${error?.message ?? ''}`);
  return [...described, ...(refused.length > MOST_DESCRIBED ? ['…'] : [])].join('; ');
}
