import { Command, Option } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import {
  allowEnvOption,
  apiOption,
  collect,
  colorOption,
  duration,
  envFileOption,
  formatOption,
  headersOf,
  noColorOption,
  pairs,
  profileOption,
  retryOption,
  timeoutOption,
  whole,
} from '../options.ts';
import type { DataPart } from './body.ts';
import type { CallArguments } from './prepare.ts';
import type { CallOutput } from './run.ts';

interface CallFlags
  extends OutputFlags,
    CallOutput,
    Omit<CallArguments, 'words' | 'query' | 'headers' | 'data' | 'parts' | 'maxWaitMs' | 'timeoutMs'> {
  header?: string[];
  query?: string[];
  formPart?: string[];
  maxWait?: number;
  timeout?: number;
  location?: boolean;
  fail?: boolean;
  silent?: boolean;
}

/** `call`: send a request, and explain the error that comes back. */
export function callCommand(start: Start): Command {
  const data: DataPart[] = [];
  const command = new Command('call')
    .description('send a request and, when an error comes back, explain it')
    .argument('[words...]', 'a method, a URL or a path of the API, and items')
    .usage('[options] [METHOD] <url|path> [item...]');
  for (const add of [requestOptions, authenticationOptions, connectionOptions, retryOptions, outputOptions]) {
    add(command, data);
  }
  for (const option of UNDERSTOOD) command.addOption(new Option(option, '').hideHelp());
  return command.addHelpText('after', EXAMPLES).action((words: string[], flags: CallFlags) => {
    const quiet = flags.quiet === true || flags.silent === true;
    return start({ ...flags, quiet }, async (terminal) => {
      const { runCall } = await import('./run.ts');
      return runCall(callArguments(words, data, flags), flags, terminal);
    });
  });
}

/** @throws UsageError for a malformed header or query */
function callArguments(words: string[], data: DataPart[], flags: CallFlags): CallArguments {
  return {
    ...flags,
    words,
    data,
    parts: flags.formPart,
    // HTTPie's -f is --form, which only means something for items; curl's is --fail, as it always is.
    form: flags.form === true || flags.fail === true,
    follow: flags.location === true ? true : flags.follow,
    query: pairs(flags.query, '=', '--query'),
    headers: headersOf(flags.header),
    maxWaitMs: flags.maxWait,
    timeoutMs: flags.timeout,
  };
}

function requestOptions(command: Command, data: DataPart[]): void {
  const dataOption = (kind: DataPart['kind'], flags: string, description: string) =>
    new Option(flags, description).argParser((text: string) => void data.push({ kind, text }));
  command
    .optionsGroup('Request:')
    .addOption(apiOption())
    .addOption(profileOption())
    .option('-X, --request <method>', 'the method (default: GET, or POST with a body)')
    .addOption(
      dataOption('data', '-d, --data <text|@file|->', 'the body: JSON, or a form such as a=1&b=2 (repeatable)'),
    )
    .addOption(dataOption('data-raw', '--data-raw <text>', 'the same, in which @ has no meaning'))
    .addOption(dataOption('data-binary', '--data-binary <text|@file>', 'the same, for a file of any kind'))
    .addOption(dataOption('data-urlencode', '--data-urlencode <name=text>', 'a field of a form, encoded'))
    .option('--json', 'send the data as JSON, whatever it looks like')
    .addOption(dataOption('json', '--json-data <json>', '').hideHelp())
    .option('--form', 'send the data or items as a form')
    .option('-F, --form-part <name=value>', 'a part of a multipart form; name=@file for a file (repeatable)', collect)
    .addOption(new Option('--form-string <name=text>', '').argParser(collect).hideHelp())
    .option('--multipart', 'send the items as a multipart form')
    .option('-T, --upload-file <file>', 'send a file as the body, with PUT')
    .option('-q, --query <name=value>', 'add a query parameter (repeatable)', collect)
    .option('-H, --header <name: value>', 'set a header, or remove it by giving no value (repeatable)', collect)
    .option('-G, --get', 'send the data in the query')
    .option('-I, --head', 'send HEAD')
    .option('-A, --user-agent <name>', 'set User-Agent')
    .option('-e, --referer <url>', 'set Referer')
    .option('-r, --range <bytes>', 'ask for a part, such as 0-499')
    .option('--from-curl [command]', 'take over a curl command; without a value it is read from standard input')
    .addOption(new Option('--url <url>', '').hideHelp())
    .option('--mock [script]', 'use the built-in mock; a script lists its responses: 429,expired-api-key,200');
}

function authenticationOptions(command: Command): void {
  command
    .optionsGroup('Authentication:')
    .option('-u, --user <name[:password]>', 'Basic authentication; asks for a missing password')
    .option('--bearer <token>', 'send a bearer token')
    .option('--digest', 'answer a challenge for Digest authentication, with the user of -u')
    .option('-n, --netrc', 'take the user and the password for the host from ~/.netrc')
    .addOption(new Option('--netrc-file <file>', '').hideHelp())
    .addOption(new Option('--netrc-optional', '').hideHelp())
    .option('-b, --cookie <name=value|file>', 'send cookies, or those of a cookie jar')
    .option('-c, --cookie-jar <file>', 'write the cookies to a file afterwards')
    .option('-E, --cert <file[:passphrase]>', 'the certificate of the client, PEM or PKCS #12')
    .option('--key <file>', 'its key, if it is in another file')
    .option('--pass <phrase>', 'the passphrase of the key')
    .addOption(envFileOption())
    .addOption(allowEnvOption());
}

function connectionOptions(command: Command): void {
  command
    .optionsGroup('Connection:')
    .addOption(timeoutOption('wait for the response or its next part'))
    .addOption(new Option('-m, --max-time <duration>', 'the limit for all of an attempt').argParser(duration))
    .option('--connect-timeout <duration>', 'the timeout for the connection', duration)
    .option('-L, --follow', 'follow redirects of all methods (default: of GET and HEAD)')
    .addOption(new Option('--location', '').hideHelp())
    .option('--no-follow', 'follow no redirect')
    .option('--max-redirects <n>', 'follow at most n redirects (default: 10)', whole)
    .option('-k, --insecure', 'accept any certificate: others can read and change everything')
    .option('--cacert <file>', 'trust the authorities in this file only')
    .option('-x, --proxy <url>', 'use this proxy in place of the one that the environment names')
    .option('--noproxy <hosts>', 'ask these hosts directly')
    .option('--resolve <host:port:address>', 'use this address for a host (repeatable)', collect)
    .option('--connect-to <host:port:host:port>', 'connect to another host and port (repeatable)', collect)
    .option('--unix-socket <path>', 'connect to a Unix domain socket')
    .option('-4, --ipv4', 'use IPv4 only')
    .option('-6, --ipv6', 'use IPv6 only')
    .option('--http2', 'use HTTP/2 where the server offers it');
}

function retryOptions(command: Command): void {
  command
    .optionsGroup('Retry:')
    .addOption(retryOption())
    .option('--max-wait <duration>', 'the longest single wait, such as 500ms, 2s or 1m (default: 1m)', duration)
    .option('--idempotency-key [value]', 'send an Idempotency-Key header (default: a random key)')
    .option('--retry-unsafe', 'also retry requests that might then be carried out twice');
}

function outputOptions(command: Command): void {
  command
    .optionsGroup('Output:')
    .addOption(formatOption())
    .option('-i, --include', 'print the status line and headers before the body')
    .option('-v, --verbose', 'show the request, the headers and the timings on stderr')
    .option('-o, --output <file>', 'write the body of a success to a file')
    .option('-O, --remote-name', 'the same, to a file with the name in the URL')
    .option('--quiet', 'hide the diagnosis; waits are still shown')
    .addOption(new Option('-s, --silent', '').hideHelp())
    .addOption(colorOption())
    .addOption(noColorOption())
    .option('--dry-run', 'show the request and the retry plan, and send nothing')
    .option('--curl', 'print the equivalent curl command, and send nothing')
    .option('--har <file>', 'write all attempts to a HAR 1.2 file, redacted')
    .option('--report <file>', 'write a support ticket: JSON if the name ends in .json, otherwise Markdown')
    .option('--no-history', 'do not save this call for explain --last and report');
}

/** Options of curl that say what errprobe does anyway. */
const UNDERSTOOD = [
  '-f, --fail',
  '-S, --show-error',
  '-N, --no-buffer',
  '-g, --globoff',
  '-#, --progress-bar',
  '--fail-with-body',
  '--compressed',
  '--basic',
  '--http1.1',
  '--check-status',
  '--ignore-stdin',
  '--stream',
];

const EXAMPLES = `
Items:
  name=value  name:=json   a member of a JSON body, or with --form a field
  name=@file  name:=@file  the same, from a file
  name@file                a file in a multipart form; @file alone is the body
  name==value              a query parameter
  Header:value             a header; Header: removes it, Header; sends it empty

Examples:
  errprobe call https://api.example.com/users name=Ada admin:=true
  errprobe call POST :8080/orders -d @order.json -u ada --retry
  errprobe call --from-curl "curl -X POST https://api.example.com/a -d 'b=1'"

More: docs/call.md in the package`;
