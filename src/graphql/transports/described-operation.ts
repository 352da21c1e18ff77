import { GraphQLFormattedError } from 'graphql';
import { OngoingOperation } from '../../http/ongoing-operation';
import { GuardedRequest } from '../execution/request';
import { rootFieldsOf } from '../execution/root-fields';

/** Notes what a request asks for. Only a request that the guards have passed has an operation. */
export function describe(ongoing: OngoingOperation, request: GuardedRequest, isPassed: boolean): void {
  ongoing.operationName = request.operationName ?? request.operation?.name?.value;
  ongoing.trustedId = request.trustedId;
  const { document, operation } = request;
  if (!isPassed || document === undefined || operation === undefined) return;
  ongoing.type = operation.operation;
  ongoing.rootFields = rootFieldsOf(document, operation);
}

export function noteErrors(ongoing: OngoingOperation, errors: readonly GraphQLFormattedError[] | undefined): void {
  for (const { extensions } of errors ?? []) if (typeof extensions?.code === 'string') ongoing.failed(extensions.code);
}
