import type { Form } from './retold-form.ts';

const ociBody = (words: string, message: string): object => ({
  errors: [{ code: words.toUpperCase().replaceAll(' ', '_'), message, detail: null }],
});

/** The progress that `docker push` and its kin print before the registry's refusal, or their command where one is run. */
const PUSHING =
  /\bThe push refers to (?:a )?repository\b|(?:^|[$#>%+'"`[(:=&|] ?|\b(?:sudo|[Rr]un) )(?:docker|podman|buildah|nerdctl)['"]?,? (?:-{1,2}\w[\w=-]{0,40} ){0,4}['"]?(?:image )?(?:push|pull|login)\b|\bbuildx failed with: /m;

/** Several errors of an answer, as go-containerregistry prints them: "UNKNOWN: unknown error; MANIFEST_UNKNOWN: …". */
function ofSeveral(list: string): object | null {
  const errors = [...list.matchAll(/(?:^|; ?)([A-Z]{4,30}(?:_[A-Z]{2,20}){0,3}): ([^\n;]{2,500})/g)].map(
    ([, code = '', message = '']) => ({ code, message: message.trim(), detail: null }),
  );
  // An error without a name of its own says least.
  const named = errors.filter(({ code }) => code !== 'UNKNOWN');
  return errors.length === 0 ? null : { errors: named.length > 0 ? named : errors };
}

/** The host of a registry in the name of an image, which a folder would not be. */
const HOST = String.raw`(?:[\w-]{1,100}\.[\w.-]{1,150}|localhost|[\w-]{1,60}(?=:\d))(?::\d{1,5})?\/`;

/** Signs that a registry spoke. */
const OF_REGISTRY = new RegExp(
  [
    // Paths of its API and of its tokens
    String.raw`\/v2\/\S{1,300}\/(?:manifests\/|blobs\/(?:sha\d{3}:|uploads)|tags\/list\b)`,
    '[?&]scope=repository(?:%3A|:)',
    // Hosts of public registries
    String.raw`\b(?:gcr|ghcr|quay|docker|azurecr)\.io\b|\bpkg\.dev\/|\.dkr\.ecr\.`,
    // Steps of clients: go-containerregistry, BuildKit, containers/image, ORAS and Docker
    String.raw`\bpush permissions?\b|\bbuildx failed with\b|\bfailed to fetch (?:oauth|anonymous) token\b`,
    String.raw`\bfailed to (?:push|pull|resolve) (?:to destination |image |reference )?["']?(?:${HOST}|[\w.<>/-]{1,200}(?::[\w.-]{1,128}|@sha256))`,
    String.raw`\b(?:reading|writing|uploading|determining|initiating|checking|copying|fetching) [^\n]{1,300} (?:in|to) ${HOST}`,
    String.raw`\bError response from registry\b`,
  ].join('|'),
);

/** A code of the OCI Distribution Specification or of Distribution in words of anybody, and the sentence behind it. */
const PLAIN =
  /(?:: |"|\* )(denied|unauthorized|unsupported|manifest[_ ](?:invalid|unverified)|name[_ ](?:unknown|invalid)|(?:tag|digest|size)[_ ]invalid): {1,2}\n?(\S[^\n"]{2,500})/gi;

/** The number of characters before a code in which a sign is looked for. */
const BEFORE = 800;

/** The first error with words of anybody for which something on its line, or before a code in capitals, names a registry. */
function ofRegistry(text: string): object | null {
  for (const { index, 1: words = '', 2: message = '' } of text.matchAll(PLAIN)) {
    const before = text.slice(Math.max(0, index - BEFORE), index);
    const isCode = words === words.toUpperCase();
    if (OF_REGISTRY.test(isCode ? before : before.slice(before.lastIndexOf('\n') + 1)))
      return ociBody(words, message.trim());
  }
  return null;
}

/** The codes that nobody else has. */
const OWN =
  '(?:(?:manifest[_ ])?blob[_ ]unknown|blob[_ ]upload[_ ](?:unknown|invalid)|manifest[_ ]unknown|toomanyrequests)';

/** How clients of container registries print what the registry said. */
export const REGISTRY_FORMS: Form[] = [
  {
    pattern:
      /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) https?:\/\/\S{1,200}\/v2\/\S{0,500}: multiple errors returned: ([^\n]{4,2000})/,
    body: ([list = '']) => ofSeveral(list),
  },
  // The code in either notation: Distribution prints it in small letters, go-containerregistry (crane, kaniko, ko) as it is.
  {
    pattern: new RegExp(String.raw`(?:^|[:;"\]] |\n)[ \t]{0,20}(${OWN}):\s{1,20}["']?(\S[^\n"]{2,500})`, 'i'),
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  { pattern: new RegExp(PLAIN.source, 'i'), body: (_, text) => ofRegistry(text) },
  {
    pattern: /^\S{1,200}: Pulling from \S{1,300}\n((?:manifest|name) unknown|denied|unauthorized)$/m,
    body: ([words = '']) => ociBody(words, words),
  },
  {
    pattern:
      /\breading manifest \S{1,200} in [\w.-]{1,200}(?::\d{1,5})?\/[\w./-]{1,300}: ((?:name|manifest) unknown)(?=[ \t]{0,9}(?:["\\]|$))/m,
    body: ([words = '']) => ociBody(words, words),
  },
  // Docker's line below the progress of a push, with the code alone or before a sentence
  {
    pattern: /^(?:[\d:TZ.-]{1,30}[ \t]){0,3}(blob unknown|unknown blob|blob upload (?:unknown|invalid))[ \t]{0,20}$/m,
    about: PUSHING,
    body: ([words = '']) => ociBody(words === 'unknown blob' ? 'blob unknown' : words, words),
  },
  {
    pattern: /(?:^|\bERROR: )(denied|unauthorized): (\S[^\n"]{2,500})/m,
    about: PUSHING,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  // Sentences that only the registries of Amazon, GitHub, GitLab and Google and Harbor have
  {
    pattern:
      /(?:^|[\s"])(denied|unauthorized): (Your authorization token has expired\. Reauthenticate and try again\.|User: arn:aws[\w-]{0,10}:\S{1,200} is not authorized to perform: ecr:[^\n"]{2,400}|The repository with name '[^'\n]{1,256}' in registry with id '[^'\n]{1,20}' already has the maximum allowed number of images[^\n"]{0,100}|installation not allowed to [A-Z][a-z]{2,12} organization package|unauthenticated: User cannot be authenticated with the token provided\.?|HTTP Basic: Access denied[^\n"]{0,300}|unauthorized to access repository: \S{1,300}, action: [a-z]{2,20}\b[^\n"]{0,300}|adding [\d.]{1,12} ?[KMGTP]?i?B of storage resource, which when updated to current usage[^\n"]{2,300}|You don't have the needed permissions to perform this operation, and you may have invalid credentials[^\n"]{0,300})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  // Docker's engine, which says it of both
  {
    pattern:
      /\b(pull access denied for [\w./:@-]{1,300}, repository does not exist or may require 'docker login')(?!: )/,
    body: ([message = '']) => ociBody('denied', message),
  },
  // containerd, of a token that it was refused or that does not cover the image
  {
    pattern:
      /\b(pull access denied, repository does not exist or may require authorization: (?:server message|authorization status): [^\n]{3,300})/,
    body: ([message = '']) => ociBody('denied', message.trim()),
  },
  // The registry's own log of what it answered; older versions write the code in small letters.
  {
    pattern:
      /\bmsg="response completed with error"(?=[^\n]{0,3000}\berr\.code="?([A-Za-z]{3,30}(?:[ _][A-Za-z]{2,20}){0,3})(?:"| err\.))[^\n]{0,3000}\berr\.message="([^"\n]{2,500})"/,
    body: ([code = '', message = '']) => ociBody(code, message),
  },
  // Docker's line alone, and the sentence that Distribution had for the code UNAUTHORIZED
  {
    pattern: /^denied: (requested access to the resource is denied)(?=\n|$)/,
    body: ([message = '']) => ociBody('denied', message),
  },
  {
    pattern: /(?:^|: )unauthorized: (access to the requested resource is not authorized)$/m,
    body: ([message = '']) => ociBody('unauthorized', message),
  },
  // Docker's engine, where the registry has no such tag
  {
    pattern: /(?:^|: )(manifest for [\w./<>-]{1,300}:[\w.<>-]{1,128} not found)(?="|$)/m,
    body: ([message = '']) => ociBody('manifest unknown', message),
  },
  // The sentence of Distribution for the code DENIED, from clients that leave out the code
  {
    pattern: /(?<!denied)(?:^|: )(requested access to the resource is denied)\b/m,
    body: ([message = '']) => ociBody('denied', message),
  },
];

/** npm makes its codes of the status; other package managers print the same answer of its registry without a code. */
const npmBody = (status: string, message: string | undefined): object => ({
  code: `E${status}`,
  message: message?.trim() ?? null,
});

/** How package managers print what npm's registry said. */
export const NPM_FORMS: Form[] = [
  // npm-pick-manifest, with the name and range that npm asks for
  {
    pattern: /\b(No matching version found for (?:@[\w.~-]{1,100}\/)?[\w.~-]{1,200}@[\w.^~<>=*|+-][^\n]{0,100})/,
    without: /^code E[A-Z0-9]|\bcode E[A-Z0-9]|ERR_PNPM/m,
    body: ([message]) => ({ code: 'ETARGET', message }),
  },
  // npm itself, and npm-check-updates, where the line with the code is missing
  {
    pattern:
      /(?<!code E[45]\d\d\n[^\n]{0,100})\b([45]\d\d [A-Z][A-Za-z -]{2,40}) - (?:GET|HEAD|PUT|POST|DELETE) https?:\/\/\S{1,500}(?: - ([^\n]{3,500}))?/,
    about: /npm/,
    body: ([phrase = '', message]) => npmBody(phrase.slice(0, 3), message ?? phrase.slice(4)),
  },
  {
    pattern: /^(fetch failed with status code ([45]\d\d))$/m,
    about: /npm/,
    body: ([said, status = '']) => npmBody(status, said),
  },
  // The line that npm logs before it tries again
  {
    pattern:
      /^(?:fetch (?:GET|PUT|POST|DELETE) )?([45]\d\d) https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/\S{1,300}(?: \d{1,9}ms[^\n]{0,100})?$/m,
    about: /\bwill retry, error on last attempt: /,
    without: /^code E[A-Z0-9]/m,
    body: ([status = '']) => npmBody(status, undefined),
  },
  // npm up to 5 writes 404 before whatever the registry said.
  {
    pattern: /^code E(4(?!04)\d\d)\n404 (\S[^\n]{3,500}?)(?: : \S{1,200})?$/m,
    body: ([status = '', message]) => npmBody(status, message),
  },
  // Lerna, which calls npm's libraries itself
  {
    pattern: /^lerna ERR! (E(?:[45]\d\d|OTP|NEEDAUTH)) (\S[^\n]{2,500})/m,
    body: ([code, message]) => ({ code, message }),
  },
  {
    pattern:
      /\bERR_PNPM_FETCH_([45]\d\d)\b[\s:]{1,9}(?:GET|PUT|POST|DELETE) https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/[^\s:]{1,300}(?: |$)(?!- [45])/m,
    body: ([status = '']) => npmBody(status, undefined),
  },
  // pnpm and Bun: "GET https://registry.npmjs.org/x: Not Found - 404"
  {
    pattern:
      /\b(?:GET|HEAD|PUT|POST|DELETE) https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/[^\s:]{1,300}(?:: ([A-Z][A-Za-z -]{2,40}))? - ([45]\d\d)\b/,
    body: ([phrase, status = '']) => npmBody(status, phrase),
  },
  // Yarn, from 2 on and before
  {
    pattern:
      /: ([A-Z][^\n]{3,200})\n[^\n]{0,40}\bResponse Code: ([45]\d\d) \([^\n]{2,40}\)\n[^\n]{0,40}Request Method: [A-Z]{3,7}\n[^\n]{0,40}Request URL: https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\//,
    body: ([message, status = '']) => npmBody(status, message),
  },
  // Yarn 1, which prints the sentence of the registry without the status
  {
    pattern:
      /"https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/[^\s"]{1,300}: (?:(Not found)|(You (?:do not have permission to publish|cannot publish over)\b[^\n]{2,300}?)|(You must be logged in to publish packages\.?|[Ii]ncorrect or missing password\.?))"\.?(?=\s|$)/,
    body: ([missing, refused, login]) =>
      npmBody(missing !== undefined ? '404' : refused !== undefined ? '403' : '401', missing ?? refused ?? login),
  },
  {
    pattern:
      /"https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/[^\s"]{1,300}: Request failed \\?"([45]\d\d) ([A-Z][A-Za-z -]{2,40})\\?"/,
    body: ([status = '', phrase]) => npmBody(status, phrase),
  },
];
