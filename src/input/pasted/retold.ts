import { LIKE_AWS } from '../../diagnosis/tools/like-aws.ts';
import { needlesOf } from '../../diagnosis/verdict/needles.ts';
import { once } from '../../text/once.ts';
import { FORMS_OF_APIS, sentenceForms, twilioBody } from './retold-apis.ts';
import { AWS_FORMS } from './retold-aws.ts';
import { AZURE_FORMS } from './retold-azure.ts';
import type { Form } from './retold-form.ts';
import { GITHUB_FORMS } from './retold-github.ts';
import { GOOGLE_FORMS } from './retold-google.ts';
import { KUBERNETES_FORMS } from './retold-kubernetes.ts';
import { modelForms } from './retold-models.ts';
import { NPM_FORMS, REGISTRY_FORMS } from './retold-registries.ts';

/** The sentence beside the code in Twilio's Ruby errors; it says less than the line below it. */
const VAGUE = /^Unable to (?:create|fetch|update|delete) record\.?$/;

const LINE_BELOW = /\n[ \t]{0,20}(?!https?:)(\S[^\n]{4,500})/;

function saidByTwilio(code: string, sentence: string | undefined, rest: string): object {
  const below = sentence === undefined || VAGUE.test(sentence) ? LINE_BELOW.exec(rest)?.[1] : undefined;
  return twilioBody(Number(code), below ?? sentence ?? null);
}

/** Built for the first text that needs them: most inputs are bodies. */
export const forms = once((): Form[] => [
  // SOAP clients for Node.js: "faultcode: a:InvalidSecurity faultstring: An error occurred when …"
  {
    pattern: /\bfaultcode: ?([\w:.-]{3,100}),? faultstring: ?(\S[^\n]{2,1000}?)(?:,? detail: ?[^\n]{0,2000})?(?:$|\n)/i,
    body: ([faultcode, faultstring]) => ({ faultcode, faultstring }),
  },
  // twilio-python up to 5 and twilio-ruby: "HTTP ERROR 401: 20003: Authenticate", "[HTTP 400] 21211 : The 'To' number …"
  {
    pattern: /(?:\bHTTP ERROR [1-5]\d\d: |\[HTTP [1-5]\d\d\] )(\d{5}) ?: (\S[^\n]{2,500})/,
    body: ([code = '', sentence], text) =>
      saidByTwilio(code, sentence?.trim(), text.slice(text.indexOf(sentence ?? ''))),
  },
  // twilio-python and twilio-php name the page of the error beside its sentence.
  {
    pattern:
      /\b(?:Unable to \w{3,10} record): (\S[^\n]{2,500})(?:\n[^\n]{0,200}){0,8}?\btwilio\.com\/docs\/(?:api\/)?errors\/(\d{5})\b/,
    body: ([sentence = '', code = '']) => saidByTwilio(code, sentence.trim(), ''),
  },
  // The sentence and the page as other servers pass them on: "Invalid parameter 'To': … More information: https://…/60200".
  {
    pattern:
      /(?:^|: )([A-Z][^\n]{2,500}?) More info(?:rmation)?: https?:\/\/www\.twilio\.com\/docs\/(?:api\/)?errors\/(\d{5})\b/m,
    body: ([sentence = '', code = '']) => saidByTwilio(code, sentence.replace(/^Error sending [a-z ]{2,40}: /, ''), ''),
  },
  {
    pattern: /\bUnable to \w{3,10} record: (\S[^\n]{2,500}?) \(Code (\d{5})\)/i,
    about: /twilio/i,
    body: ([sentence = '', code = '']) => saidByTwilio(code, sentence.trim(), ''),
  },
  ...AWS_FORMS.map((form) => ({ ...form, without: LIKE_AWS })),
  ...GOOGLE_FORMS,
  ...AZURE_FORMS,
  // Magento prints what the NVP API of PayPal answered.
  {
    pattern:
      /\bPayPal (?:NVP )?gateway (?:errors: |has rejected request\. )(\S[^\n]{3,500}?) \(#(\d{5}): ([^\n)]{2,200})\)/i,
    body: ([message, code, title]) => ({
      ACK: 'Failure',
      L_ERRORCODE0: code,
      L_SHORTMESSAGE0: title,
      L_LONGMESSAGE0: message,
    }),
  },
  ...REGISTRY_FORMS,
  ...NPM_FORMS,
  ...KUBERNETES_FORMS,
  ...sentenceForms(),
  ...modelForms(),
  ...GITHUB_FORMS,
  ...FORMS_OF_APIS,
  // R prints the members of a list, each below its name.
  {
    pattern: /^\$(?:ok|error|code|message|status)\n\[1\] [^\n]{1,2000}(?:\n{1,2}\$[\w.$]{1,80}\n\[1\] |$)/m,
    body: (_, text) => listOfR(text),
  },
]);

/** The members of a list as R prints them: `$error\n[1] "missing_scope"`, `$error$code\n[1] 401`. */
function listOfR(text: string): object {
  const found: Record<string, unknown> = {};
  for (const [, name = '', inner, written = ''] of text.matchAll(OF_LIST)) {
    const [value = ''] = written.split(' [2] ', 1);
    const plain = /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : value;
    const read = plain === 'TRUE' ? true : plain === 'FALSE' ? false : plain;
    if (inner === undefined) found[name] = read;
    else found[name] = { ...(typeof found[name] === 'object' ? found[name] : null), [inner]: read };
  }
  return found;
}

const OF_LIST = /^\$([A-Za-z.][\w.]{0,40})(?:\$([A-Za-z.][\w.]{0,40}))?\n\[1\] ([^\n]{1,2000})$/gm;

/** The body of an answer whose client printed only what it says; null where the text has no such form. */
export function retoldBody(text: string): string | null {
  const start = text.slice(0, SEARCHED);
  return bodyOfForm(start) ?? (start.includes('\\"') ? bodyOfForm(unescaped(start)) : null);
}

/** A part of JSON as the text that it was made of. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\{1,7}"/g, '"').replaceAll(/\\{1,4}n(?:\\{1,4}t)?/g, '\n');

/**
 * Literals of which a text has one if it may have the form, in small letters, since some patterns take both; null if any
 * text may have it.
 */
export const needlesOfForm = ({ pattern }: Form): string[] | null =>
  needlesOf(pattern.source)?.map((needle) => needle.toLowerCase()) ?? null;

/** The needles of all forms, which `build/needles.ts` puts here; null where they are read from the patterns. */
export const NEEDLES: (string[] | null)[] | null = null;

const needles = once(() => NEEDLES ?? forms().map(needlesOfForm));

function bodyOfForm(start: string): string | null {
  const lower = start.toLowerCase();
  // Most forms of an API share a mark, and without it none of their patterns has to be compiled.
  const marks = new Map<RegExp, boolean>();
  const has = (mark: RegExp): boolean => {
    const is = marks.get(mark) ?? mark.test(start);
    marks.set(mark, is);
    return is;
  };
  for (const [i, { pattern, about, or, without, body }] of forms().entries()) {
    if (needles()[i]?.some((needle) => lower.includes(needle)) === false) continue;
    if (about !== undefined && !has(about) && or?.test(start) !== true) continue;
    const found = pattern.exec(start);
    if (found === null || (without !== undefined && has(without))) continue;
    const told = body(found.slice(1), start);
    if (told !== null) return JSON.stringify(told);
  }
  return null;
}

/** So much of a text is searched. */
const SEARCHED = 8 * 1024;
