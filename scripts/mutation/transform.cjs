// Compiles as the tests do, with the mutants planted in the files that MUTATION_FILES names.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { createTransformer } = require('@swc/jest');
const { plantMutants } = require('./mutants.cjs');

const root = path.join(__dirname, '../..');
const files = new Set(process.env.MUTATION_FILES.split(','));
const recipe = readFileSync(require.resolve('./mutants.cjs'));

module.exports = {
  createTransformer(options) {
    const compiler = createTransformer(options);
    const prepared = (text, fileName) => {
      const file = path.relative(root, fileName);
      return files.has(file) ? plantMutants(file, text).text : text;
    };
    return {
      ...compiler,
      process: (text, fileName, context) => compiler.process(prepared(text, fileName), fileName, context),
      getCacheKey: (text, fileName, context) =>
        createHash('sha256')
          .update(compiler.getCacheKey(text, fileName, context))
          .update(files.has(path.relative(root, fileName)) ? recipe : '')
          .digest('hex'),
    };
  },
};
