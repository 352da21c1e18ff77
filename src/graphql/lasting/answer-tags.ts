import { createHash } from 'node:crypto';
import { GraphQLSchema, printSchema } from 'graphql';

/** 192 bits. Older versions of nginx keep no tag of more than 42 characters, with its quotation marks and the name of a coding. */
const TAG_LENGTH = 32;

/**
 * Makes the tags of answers that stay the same. A tag is a hash of the key of the answer, and of what the answer depends on besides: the software
 * and its configuration, the schema, and the media type.
 */
export class AnswerTags {
  private digestOfSchema: string | undefined;

  constructor(private readonly schema: GraphQLSchema) {}

  /** `edition`: the software with its configuration. */
  of(key: string, edition: string, mediaType: string): string {
    // Printing the schema takes some milliseconds, so it is done for the first tag.
    this.digestOfSchema ??= digest(printSchema(this.schema));
    return digest(JSON.stringify([edition, this.digestOfSchema, key, mediaType])).slice(0, TAG_LENGTH);
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
