import 'reflect-metadata';
import { serveDemo } from './support';
async function main() {
  const t = performance.now();
  const demo = await serveDemo();
  console.log(performance.now() - t);
  for (const q of [
   '{ budget(department:"441300-DSJ", fiscalYear:2023) { closed opening(unit:WAN_YUAN) revised(unit:WAN_YUAN) executed(unit:WAN_YUAN) executionRate revision goals lines { code opening(unit:WAN_YUAN) revised(unit:WAN_YUAN) executed(unit:WAN_YUAN)}} }',
   '{ indicators(first:60) { nodes { code name unit target completionRate task{code} latest { value qualifier observedOn source corrected } observations { observedOn value } } } }',
   '{ tasks(first:60) { nodes { code title status progress parent{code} completedOn milestones{code reachedOn} } } }',
   '{ evaluation(department:"441300-DSJ", fiscalYear:2023) { status round selfScore reviewScore grade problems improvements conclusion } department(code:"441300-DSJ"){ name functions } ledger { head projected } }',
  ]) console.log(JSON.stringify(await demo.ask(q)).replace(/\},\{/g, '},\n{'));
  await demo.close();
}
void main();
