import type { Form } from './retold-form.ts';

const ociBody = (words: string, message: string): object => ({
  errors: [{ code: words.toUpperCase().replaceAll(' ', '_'), message, detail: null }],
});

/** The progress that `docker push` and its kin print before the registry's refusal, or their command. */
const PUSHING =
  /\bThe push refers to (?:a )?repository\b|\b(?:docker|podman|buildah|nerdctl)['"]?,? (?:-{1,2}\w[\w=-]{0,40} ){0,4}['"]?(?:image )?(?:push|pull|login)\b|\bbuildx failed with: /;

/** Several errors of an answer, as go-containerregistry prints them: "UNKNOWN: unknown error; MANIFEST_UNKNOWN: …". */
function ofSeveral(list: string): object | null {
  const errors = [...list.matchAll(/(?:^|; ?)([A-Z]{4,30}(?:_[A-Z]{2,20}){0,3}): ([^\n;]{2,500})/g)].map(
    ([, code = '', message = '']) => ({ code, message: message.trim(), detail: null }),
  );
  // What the registry has no name for says least.
  const named = errors.filter(({ code }) => code !== 'UNKNOWN');
  return errors.length === 0 ? null : { errors: named.length > 0 ? named : errors };
}

/** How clients of container registries print what the registry said. */
export const REGISTRY_FORMS: Form[] = [
  // Distribution prints the code of the OCI specification in small letters, and so do Docker, containerd and ORAS.
  {
    pattern:
      /(?:^|[:;"] |\n)[ \t]{0,20}((?:manifest )?blob unknown|blob upload (?:unknown|invalid)|manifest (?:unknown|invalid|unverified)|name (?:unknown|invalid)|tag invalid|digest invalid|toomanyrequests):\s{1,20}(\S[^\n]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  {
    pattern:
      /\b(?:Error response from registry: (?=[a-z])|response status code \d{3}: (?=(?:name|manifest) unknown|denied: (?:requested access to|Unauthenticated request|permission_denied: )|unauthorized: authentication required))(denied|unauthorized|unsupported|(?:name|manifest|blob) unknown|(?:name|manifest) invalid): (\S[^\n"]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  // GitHub's registry says which right is missing, Google's which permission.
  {
    pattern:
      /(?:^[ \t]{0,20}|: |")denied: (permission_denied: [^\n"]{2,300}|Permission ['"]?artifactregistry\.[^\n]{2,500})/m,
    body: ([message = '']) => ociBody('denied', message.trim()),
  },
  {
    pattern: /^\S{1,200}: Pulling from \S{1,300}\n((?:manifest|name) unknown|denied|unauthorized)$/m,
    body: ([words = '']) => ociBody(words, words),
  },
  // go-containerregistry (crane, kaniko, ko) prints the code as it is, behind the request.
  {
    pattern:
      /\b(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE) https?:\/\/\S{1,200}\/v2\/\S{0,500}|push permission(?: for "[^"\n]{1,300}")?): ([A-Z]{4,30}(?:_[A-Z]{2,20}){0,3}): (\S[^\n]{2,500})/,
    body: ([code = '', message = '']) => ociBody(code, message.trim()),
  },
  {
    pattern:
      /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) https?:\/\/\S{1,200}\/v2\/\S{0,500}: multiple errors returned: ([^\n]{4,2000})/,
    body: ([list = '']) => ofSeveral(list),
  },
  // Skopeo, Podman, ORAS and Helm name the path in the registry, and print the code in small letters.
  {
    pattern:
      /\/v2\/\S{1,300}\/(?:manifests|blobs)\/\S{0,200}(?: in \S{1,200})?: (?:response status code \d{3}: )?(denied|unauthorized|unsupported|name (?:unknown|invalid)|manifest (?:unknown|invalid)): (\S[^\n"]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  // ORAS and Helm of other paths: the list of tags, and the token that goes before it
  {
    pattern:
      /(?:\/v2\/\S{1,300}\/tags\/list\S{0,100}|[?&]scope=repository(?:%3A|:)\S{1,500}): (?:response|unexpected) status code \d{3}: (denied|unauthorized|unsupported|name (?:unknown|invalid)): (\S[^\n"]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  // containers/image: "reading manifest 1.7 in quay.io/team/app: unauthorized: …"
  {
    pattern:
      /\b(?:reading|writing|uploading|determining|initiating|checking|copying|fetching) [^\n]{1,300}? (?:in|to) [\w.-]{1,200}(?::\d{1,5})?\/[\w./-]{0,300}: (?:\* )?(denied|unauthorized|unsupported|name (?:unknown|invalid)|manifest (?:unknown|invalid)): (\S[^\n"]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  {
    pattern:
      /\breading manifest \S{1,200} in [\w.-]{1,200}(?::\d{1,5})?\/[\w./-]{1,300}: ((?:name|manifest) unknown)(?=[ \t]{0,9}(?:["\\]|$))/m,
    body: ([words = '']) => ociBody(words, words),
  },
  // Older versions of go-containerregistry leave out the request.
  {
    pattern: /\bfailed to push to destination \S{3,300}: ([A-Z]{4,30}(?:_[A-Z]{2,20}){0,3}): (\S[^\n]{2,500})/,
    body: ([code = '', message = '']) => ociBody(code, message.trim()),
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
  // BuildKit names the image before the code.
  {
    pattern:
      /\bfailed to (?:push|pull|resolve) [\w.-]{1,200}(?::\d{1,5})?\/[\w./:@-]{1,300}: (denied|unauthorized): (\S[^\n"]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  // What only Amazon's, GitHub's, GitLab's and Google's registries and Harbor say behind the code
  {
    pattern:
      /(?:^|[\s"])(denied|unauthorized): (Your authorization token has expired\. Reauthenticate and try again\.|User: arn:aws[\w-]{0,10}:\S{1,200} is not authorized to perform: ecr:[^\n"]{2,400}|The repository with name '[^'\n]{1,256}' in registry with id '[^'\n]{1,20}' already has the maximum allowed number of images[^\n"]{0,100}|installation not allowed to [A-Z][a-z]{2,12} organization package|unauthenticated: User cannot be authenticated with the token provided\.?|HTTP Basic: Access denied[^\n"]{0,300}|unauthorized to access repository: \S{1,300}, action: [a-z]{2,20}\b[^\n"]{0,300}|adding [\d.]{1,12} ?[KMGTP]?i?B of storage resource, which when updated to current usage[^\n"]{2,300}|You don't have the needed permissions to perform this operation, and you may have invalid credentials[^\n"]{0,300})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  // Distribution's libraries, where an answer had several errors
  {
    pattern:
      /\berrors:\n(denied|unauthorized|unsupported|(?:name|manifest|blob) unknown|(?:name|manifest) invalid): (\S[^\n"]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
  {
    pattern: /\bfailed to fetch (?:oauth|anonymous) token: (denied|unauthorized): (\S[^\n"]{2,500})/,
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
      /\bmsg="response completed with error"(?=[^\n]{0,3000}\berr\.code="([A-Za-z]{3,30}(?:[ _][A-Za-z]{2,20}){0,3})")[^\n]{0,3000}\berr\.message="([^"\n]{2,500})"/,
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
