import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({ options: { cases: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.cases ?? 10_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const begun = Date.now();
process.stdout.write(`seed ${seed}, ${count} cases\n`);
let shown = 0;
const findings = await fuzz(process.cwd(), count, seed, (done, kinds, found) => {
  if (done === count || done % 10_000 === 0) {
    const each = [...kinds]
      .map(([kind, { cases, ms }]) => `${kind} ${cases} at ${(ms / cases).toFixed(1)} ms`)
      .join(', ');
    process.stdout.write(
      `${done} cases in ${Math.round((Date.now() - begun) / 1000)} s (${each}); ${found.length} findings\n`,
    );
  }
  for (; shown < found.length; shown++) {
    const {
      problem,
      case: { kind, argv, input, files, answer, tty, tick },
      seed: own,
    } = found[shown] as (typeof found)[number];
    const text = (bytes?: Buffer) =>
      bytes === undefined ? undefined : JSON.stringify(bytes.toString('latin1').slice(0, 2000));
    process.stdout.write(
      `\n── seed ${own}: ${problem.slice(0, 1500)}\n${kind} ${JSON.stringify(argv)} tty ${tty} tick ${tick}\ninput ${text(input)}\nanswer ${text(answer)}\n` +
        Object.entries(files)
          .map(([name, bytes]) => `${name}: ${text(bytes)}\n`)
          .join(''),
    );
  }
});
process.exitCode = findings.length > 0 ? 1 : 0;
