import { GraphQLError } from 'graphql';
import { GuardedRequest } from './request';

/**
 * Looks at a request before anything of it is executed, and returns the errors that it is refused with. Throws `HttpRefusal` if the
 * request is refused for its HTTP.
 */
export type Guard = (request: GuardedRequest) => readonly GraphQLError[];

export const PASSED: readonly GraphQLError[] = [];
