import { statusOfPhrase } from '../../diagnosis/status.ts';
import { parseJson } from '../../json/read.ts';
import type { Form } from './retold-form.ts';

/** One of GitHub's validation errors, as the library for Ruby lists its members. */
function githubBody(lines: string): object {
  const members: Record<string, string> = {};
  for (const [, name = '', value = ''] of lines.matchAll(/^[ \t]{1,8}(\w{2,20}): ([^\n]{1,500})$/gm)) {
    // The next error begins.
    if (members[name] !== undefined) break;
    members[name] = value.replace(/ \/\/ See: \S{1,300}$/, '');
  }
  return {
    message: 'Validation Failed',
    errors: [members],
    documentation_url: /\/\/ See: (https:\S{1,300})/.exec(lines)?.[1] ?? 'https://docs.github.com/rest',
  };
}

/** The codes that GitHub's command lines print in words of their own: gh, and hub before it. */
const WORDS_OF_GH: Record<string, string> = {
  'already exists': 'already_exists',
  'is invalid': 'invalid',
  'Duplicate value for': 'already_exists',
  'Invalid value for': 'invalid',
  'Missing field:': 'missing_field',
};

/** The error of a field, whose code a command line said in words; null for a code of which they say too little. */
function fieldBody(words: string | undefined, field: string | undefined, resource?: string): object | null {
  const code = WORDS_OF_GH[words ?? ''];
  if (code === undefined) return null;
  return {
    message: 'Validation Failed',
    errors: [{ resource, field, code }],
    documentation_url: 'https://docs.github.com/rest',
    status: '422',
  };
}

/** The body of which Octokit for JavaScript made a sentence: the message, and behind a colon the list of errors, each as JSON. */
function octokitBody(said: string, page = 'https://docs.github.com/rest'): object {
  const [, message, list] = /^([^:{"\n]{2,200}): (["{][^\n]{1,500})$/.exec(said) ?? [];
  const errors = list === undefined ? undefined : parseJson(`[${list}]`);
  if (message === undefined || errors === undefined) return { message: said, documentation_url: page };
  const status = statusOfPhrase(message);
  return { message, errors, documentation_url: page, ...(status !== null && { status: String(status) }) };
}

/** How the clients of GitHub print its errors. */
export const GITHUB_FORMS: Form[] = [
  // GitHub's CLI and the libraries for GraphQL print the sentence alone, and some the path of the field behind it.
  {
    pattern:
      /\b(Could not resolve to (?:an? [A-Z]\w{2,40}|a node) with the (?:name|login|number|username|slug|OID|global id|URL)(?: of)? (?:'[^'\n]{0,200}'|\d{1,10})\.?)/,
    body: ([message]) => ({ data: null, errors: [{ type: 'NOT_FOUND', message }] }),
  },
  // gh and hub print the code of each error in words, on a line below: "Release.tag_name already exists".
  {
    pattern:
      /\bHTTP 422: Validation Failed \(https:\/\/[^\s()]{1,500}\)\n[ \t]{0,20}([A-Z][A-Za-z]{2,40})\.(\w{0,60}) (already exists|is invalid)$/m,
    body: ([resource, field, words]) => fieldBody(words, field, resource),
  },
  {
    pattern:
      /\bUnprocessable Entity \(HTTP 422\)\n[ \t]{0,20}(Duplicate value for|Invalid value for|Missing field:) "(\w{1,60})"$/m,
    body: ([words, field]) => fieldBody(words, field),
  },
  // Octokit for Ruby
  {
    pattern:
      /: 422 - Validation Failed[^\n]{0,200}\nError summary:\n((?:[ \t]{1,8}\w{2,20}: [^\n]{1,500}(?:\n|$)){1,30})/,
    about: /\b(?:api|docs|developer)\.github\.com\b|\bOctokit::/,
    body: ([lines = '']) => githubBody(lines),
  },
  {
    pattern: /\bOctokit::[A-Z]\w{3,40}: [45]\d\d - (\S[^\n]{2,500}?)(?: \/\/ See: (https:\S{1,300}))?$/m,
    body: ([message, page]) => ({ message, documentation_url: page ?? 'https://docs.github.com/rest' }),
  },
  // Octokit for JavaScript, where the stack says that it was it
  {
    pattern:
      /(?:^|[\s[])HttpError\]?: (\S[^\n]{2,500})(?:\n[ \t]{1,20}at [^\n]{1,300}){0,5}?\n[ \t]{1,20}at [^\n]{0,200}\bnode_modules[/\\]@octokit[/\\]request[/\\]/,
    body: ([said = '']) => octokitBody(said.replace(/ - https:\S{1,300}$/, '')),
  },
  // Octokit for JavaScript without a stack, where the sentence ends with the page about the endpoint
  {
    pattern:
      /(?:^|[\s[])(?:HttpError\]?|Error|error): (\S[^\n]{2,500}?) - (https:\/\/docs\.github\.com\/(?:\S{1,60}\/)?rest\/\S{1,300})$/m,
    body: ([said = '', page]) => octokitBody(said, page),
  },
  // go-github and Octokit for Ruby, of a body that does not fit the schema: the reasons are on lines of their own.
  {
    pattern:
      /\b(?:POST|PUT|PATCH|DELETE) https:\/\/\S{1,400}: 422 (?:- )?(Invalid request\.)[ \t]{0,5}\n\s{0,20}(\S(?:(?!\n\s{0,10}\n)[\s\S]){2,1000}?)(?: \[\]| \/\/ See: https:)/,
    body: ([heading = '', reasons = '']) => ({
      message: `${heading}\n\n${reasons}`,
      documentation_url: 'https://docs.github.com/rest',
    }),
  },
];
