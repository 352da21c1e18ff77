import {
  DocumentNode,
  execute,
  ExecutionArgs,
  ExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLSchema,
  OperationDefinitionNode,
  OperationTypeNode,
  VariableDefinitionNode,
} from 'graphql';
import { andThen, Awaitable } from '../../kernel/async';
import { NO_TELEMETRY, Signal } from '../../kernel/telemetry';
import { CompiledForm } from './compiled/compiled-form';
import { CompiledForms } from './compiled/compiled-forms';
import { conditionVariables } from './compiled/conditions';
import { Conditions } from './compiled/selection';

export type Execution = Pick<
  ExecutionArgs,
  'document' | 'operationName' | 'variableValues' | 'contextValue' | 'rootValue'
>;

/**
 * Executes operations that come often as compiled functions. graphql-js remains the reference: it coerces all values, it executes
 * mutations and what is not compiled, and it makes the errors. Of a subscription this executes one item, from its root value.
 */
export class CompiledExecution {
  private readonly forms: CompiledForms;
  private readonly conditionVariables = new WeakMap<OperationDefinitionNode, readonly VariableDefinitionNode[]>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly telemetry = NO_TELEMETRY,
  ) {
    this.forms = new CompiledForms(schema);
  }

  /** `isOver`: whether an error ends the request, so that graphql-js need not report the others. */
  execute(args: Execution, isOver: () => boolean = () => false): Awaitable<ExecutionResult> {
    const form = this.formOf(args);
    this.telemetry.report(form === undefined ? MISS : HIT);
    const variables = form?.variablesFrom(args.variableValues ?? {});
    if (form === undefined || variables === undefined) return this.interpret(args);
    const executed = form.query(args.rootValue, args.contextValue, variables) as Awaitable<ExecutionResult>;
    return andThen(executed, (result) =>
      result.errors === undefined || isOver() ? result : (form.soleRootError(result) ?? this.interpret(args)),
    );
  }

  private interpret(args: Execution): Awaitable<ExecutionResult> {
    return execute({ schema: this.schema, ...args });
  }

  private formOf({ document, operationName, variableValues }: Execution): CompiledForm | undefined {
    const operation = getOperationAST(document, operationName);
    if (!operation || operation.operation === OperationTypeNode.MUTATION) return undefined;
    const conditions = this.conditionsOf(document, operation, variableValues ?? {});
    return conditions && this.forms.find(document, operation, conditions);
  }

  /** undefined if one of them is refused or null: `@skip` and `@include` do not accept null. */
  private conditionsOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: NonNullable<Execution['variableValues']>,
  ): Conditions | undefined {
    let variables = this.conditionVariables.get(operation);
    if (variables === undefined)
      this.conditionVariables.set(operation, (variables = conditionVariables(document, operation)));
    if (variables.length === 0) return NO_CONDITIONS;
    const { coerced } = getVariableValues(this.schema, variables, values, { maxErrors: 1 });
    if (coerced === undefined) return undefined;
    return variables.every(({ variable }) => typeof coerced[variable.name.value] === 'boolean') ? coerced : undefined;
  }
}

const NO_CONDITIONS: Conditions = {};
const HIT: Signal = { kind: 'cache-asked', cache: 'compiled', found: true };
const MISS: Signal = { kind: 'cache-asked', cache: 'compiled', found: false };
