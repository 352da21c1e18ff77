import { DocumentNode, getOperationAST, GraphQLError, GraphQLSchema } from 'graphql';
import { Limits } from '../kernel/limits';
import { CompiledExecution } from './compiled-execution';
import { checkDocument } from './document-checks';
import { judgeVariables, Variables } from './variables';

export interface CheckedRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Variables | null;
}

type Executes = Pick<CompiledExecution, 'execute'>;

/** Refuses requests before anything of them is executed, in one way for every transport. */
export class RequestChecks {
  /** The verdict on a document holds for all its requests. */
  private readonly verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
  ) {}

  /** Empty if the request can be executed. */
  problems({ document, operationName, variables }: CheckedRequest): readonly GraphQLError[] {
    const verdict = this.verdictOn(document);
    if (verdict.length > 0) return verdict;
    const operation = getOperationAST(document, operationName);
    if (!operation) return [];
    const { error } = judgeVariables(this.schema, document, operation, variables ?? {}, this.limits);
    return error === undefined ? [] : [error];
  }

  /** Executes what is not refused. */
  before(execution: Executes): Executes {
    return {
      execute: (args) => {
        const errors = this.problems({ ...args, variables: args.variableValues });
        return errors.length > 0 ? { errors } : execution.execute(args);
      },
    };
  }

  verdictOn(document: DocumentNode): readonly GraphQLError[] {
    let verdict = this.verdicts.get(document);
    if (verdict === undefined)
      this.verdicts.set(document, (verdict = checkDocument(this.schema, document, this.limits)));
    return verdict;
  }
}
