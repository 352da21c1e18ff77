// Checks the import directions of src/, web/ and client/ (.dependency-cruiser.cjs), and that the tool has really read the files.
import { cruise } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const FEWEST_MODULES = 80;

const { options, ...ruleSet } = await extractConfig('./.dependency-cruiser.cjs');
const { output } = await cruise(['src', 'web/src', 'client/src'], { ...options, ruleSet, validate: true }, undefined, {
  tsConfig: extractTsConfig('tsconfig.json'),
});
const modules = output.modules.filter(({ source }) => source.startsWith('src/')).length;
for (const { rule, from, to } of output.summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
if (modules < FEWEST_MODULES) console.error(`only ${modules} modules were read`);
console.log(`${modules} modules, ${output.summary.violations.length} violations`);
process.exit(output.summary.violations.length > 0 || modules < FEWEST_MODULES ? 1 : 0);
