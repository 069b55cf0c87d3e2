import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { frameworks } from './servers.js';

const FIXTURES = new URL('../../fixtures/frameworks/', import.meta.url);

/** Headers that differ between frameworks; the others change with every response. */
const KEPT = ['content-type', 'www-authenticate', 'x-powered-by', 'retry-after', 'allow'];

// Some print the errors that they are made to throw.
console.error = () => {};

/** A framework's responses to each request: status, headers and body by fixture name. */
async function capture(name) {
  const { start, requests } = frameworks[name];
  const { port, close } = await start();
  try {
    const answers = {};
    for (const [file, wanted] of Object.entries(requests)) answers[file] = await send(port, wanted);
    return answers;
  } finally {
    await close();
  }
}

function send(port, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (response) => {
      const kept = KEPT.filter((header) => response.headers[header] !== undefined);
      resolve({
        status: response.statusCode,
        headers: Object.fromEntries(kept.map((header) => [header, response.headers[header]])),
        body: Buffer.concat(await response.toArray()).toString('utf8'),
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Prints the responses of all frameworks as JSON. */
async function print() {
  const all = {};
  for (const name of Object.keys(frameworks)) all[name] = await capture(name);
  process.stdout.write(JSON.stringify(all));
}

/** Overwrites the fixtures with today's responses; the expectations stay. */
async function write() {
  for (const name of Object.keys(frameworks)) {
    mkdirSync(new URL(`${name}/`, FIXTURES), { recursive: true });
    for (const [file, answer] of Object.entries(await capture(name))) {
      const url = new URL(`${name}/${file}.json`, FIXTURES);
      writeFileSync(url, `${JSON.stringify({ ...answer, expected: expectedOf(url) }, null, 2)}\n`);
    }
  }
}

function expectedOf(url) {
  try {
    return JSON.parse(readFileSync(url, 'utf8')).expected;
  } catch {
    return {};
  }
}

await (process.argv.includes('--print') ? print() : write());
