// Finds the mutants of a source file: conditions that are always true or always false, bounds that move by one, parts of
// && || ?? chains that are left out, and guards that are removed.
const ts = require('typescript');

const { SyntaxKind } = ts;
const BOUNDARIES = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const COMPARISONS = new Set([...Object.keys(BOUNDARIES), '===', '!==', 'in', 'instanceof']);
const CHAINS = new Set(['&&', '||', '??']);
const TESTING_METHODS = new Set(['some', 'every', 'filter', 'find']);
/** Statements that only call one of these are guards. */
const GUARDS = /^(unwrap|require\w*|assert\w*)$/;
/** Calls that narrow a validator, which is what they are called on. */
const NARROWING = new Set(['refine', 'regex']);

const operatorOf = (node) => (ts.isBinaryExpression(node) ? node.operatorToken.getText() : undefined);
const isBoolean = (node) => {
  const operator = operatorOf(node);
  if (operator !== undefined) return COMPARISONS.has(operator) || operator === '&&' || operator === '||';
  return ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken;
};

/** Whether the value of the node decides where the code goes on. */
function isCondition({ parent }, node) {
  if (ts.isIfStatement(parent)) return parent.expression === node;
  return ts.isConditionalExpression(parent) && parent.condition === node;
}

function isLoopCondition({ parent }, node) {
  if (ts.isForStatement(parent)) return parent.condition === node;
  return (ts.isWhileStatement(parent) || ts.isDoStatement(parent)) && parent.expression === node;
}

function isTestOfMethod({ parent }, node) {
  if (!ts.isArrowFunction(parent) || parent.body !== node || ts.isBlock(node)) return false;
  const call = parent.parent;
  return (
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    TESTING_METHODS.has(call.expression.name.text)
  );
}

const outsideParentheses = (node) =>
  ts.isParenthesizedExpression(node.parent) ? outsideParentheses(node.parent) : node;

/** The texts that can stand in place of an expression. */
function replacementsOf(node) {
  const outer = outsideParentheses(node);
  if (ts.isParenthesizedExpression(node) || isLoopCondition(outer, outer)) return boundaryOf(node);
  const above = operatorOf(outer.parent);
  const isPart = CHAINS.has(above);
  const decides = isCondition(outer, outer) || isTestOfMethod(outer, outer) || isBoolean(node);
  return [
    ...(decides && !(isPart && above !== '??') ? ['true', 'false'] : []),
    ...boundaryOf(node),
    ...shortenedChains(node, isPart && above === operatorOf(node)),
    ...(isNarrowing(node) ? [node.expression.expression.getText()] : []),
  ].filter((text) => text !== node.getText());
}

function boundaryOf(node) {
  const moved = BOUNDARIES[operatorOf(node)];
  return moved === undefined ? [] : [`${node.left.getText()} ${moved} ${node.right.getText()}`];
}

/** A chain without one of its parts, each in turn. Only the whole chain has these. */
function shortenedChains(node, isInner) {
  const operator = operatorOf(node);
  if (isInner || !CHAINS.has(operator)) return [];
  const parts = [];
  let rest = node;
  for (; operatorOf(rest) === operator; rest = rest.left) parts.unshift(rest.right.getText());
  parts.unshift(rest.getText());
  return parts.map((_, left) => parts.filter((_part, index) => index !== left).join(` ${operator} `));
}

const isNarrowing = (node) =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  NARROWING.has(node.expression.name.text);

/** Whether a statement can be left out as a guard. What an `if` guards is left out if its condition is false. */
function isRemovable(node) {
  if (!ts.isThrowStatement(node) && !ts.isExpressionStatement(node)) return false;
  const { parent } = node;
  const block = ts.isBlock(parent) && parent.statements.length === 1 ? parent : node;
  if (ts.isIfStatement(block.parent) && block.parent.elseStatement === undefined) return false;
  if (ts.isThrowStatement(node)) return true;
  const { expression } = node;
  if (ts.isYieldExpression(expression)) return true;
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(call) && GUARDS.test(call.expression.getText());
}

/**
 * The mutants of a file, and its text with all of them in it. Each is switched on by `__mutant__`, which is asked with the
 * mutant's id wherever the code comes past it.
 */
function plantMutants(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const lines = text.split('\n');
  const mutants = [];
  const switchOf = (node, after) => {
    const id = `${file}#${mutants.length}`;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    mutants.push({ id, file, at: line + 1, line: lines[line].trim(), before: node.getText(), after });
    return `__mutant__(${JSON.stringify(id)})`;
  };

  function planted(node) {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return node.getText();
    const replacements = ts.isExpression(node) ? replacementsOf(node) : [];
    const choices = replacements.map((after) => `${switchOf(node, after)} ? (${after}) : `);
    const removal = isRemovable(node) ? switchOf(node, '') : undefined;
    let result = '';
    let from = node.getStart();
    ts.forEachChild(node, (child) => {
      if (child.getStart() < from) return;
      result += text.slice(from, child.getStart()) + planted(child);
      from = child.end;
    });
    result += text.slice(from, node.end);
    if (removal !== undefined) return `{ if (!${removal}) ${result} }`;
    return choices.length === 0 ? result : `(${choices.join('')}${result})`;
  }

  const end = source.getEnd();
  const planting = planted(source);
  return { mutants, text: planting + text.slice(end) };
}

module.exports = { plantMutants };
