/** A form in which the clients of a service print its errors: without the body, but with all that the body says. */
interface Form {
  pattern: RegExp;
  /** A second mark that the text must have where the form alone could be anybody's. */
  about?: RegExp;
  /** The body that the service sends for such an error. */
  body: (said: string[], text: string) => object;
}

/** The sentence beside the code in Twilio's Ruby errors; it says less than the line below it. */
const VAGUE = /^Unable to (?:create|fetch|update|delete) record\.?$/;

const LINE_BELOW = /\n[ \t]{0,20}(?!https?:)(\S[^\n]{4,500})/;

function twilioBody(code: string, sentence: string | undefined, rest: string): object {
  const below = sentence === undefined || VAGUE.test(sentence) ? LINE_BELOW.exec(rest)?.[1] : undefined;
  return {
    code: Number(code),
    message: below ?? sentence ?? null,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
  };
}

const ociBody = (words: string, message: string): object => ({
  errors: [{ code: words.toUpperCase().replaceAll(' ', '_'), message, detail: null }],
});

const FORMS: Form[] = [
  // twilio-python up to 5 and twilio-ruby: "HTTP ERROR 401: 20003: Authenticate", "[HTTP 400] 21211 : The 'To' number …"
  {
    pattern: /(?:\bHTTP ERROR [1-5]\d\d: |\[HTTP [1-5]\d\d\] )(\d{5}) ?: (\S[^\n]{2,500})/,
    body: ([code = '', sentence], text) => twilioBody(code, sentence?.trim(), text.slice(text.indexOf(sentence ?? ''))),
  },
  // twilio-python and twilio-php name the page of the error beside its sentence.
  {
    pattern:
      /\b(?:Unable to \w{3,10} record): (\S[^\n]{2,500})(?:\n[^\n]{0,200}){0,8}?\btwilio\.com\/docs\/(?:api\/)?errors\/(\d{5})\b/,
    body: ([sentence = '', code = '']) => twilioBody(code, sentence.trim(), ''),
  },
  {
    pattern: /\bUnable to \w{3,10} record: (\S[^\n]{2,500}?) \(Code (\d{5})\)/i,
    about: /twilio/i,
    body: ([sentence = '', code = '']) => twilioBody(code, sentence.trim(), ''),
  },
  // Google's libraries for Python name the exception as the canonical code, in another spelling.
  {
    pattern: /\bgoogle\.api_core\.exceptions\.([A-Z]\w{2,40}): ([1-5]\d\d) (\S[^\n]{2,500})/,
    body: ([name = '', status, message]) => ({
      error: { code: Number(status), message, status: name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase() },
    }),
  },
  // Distribution prints the code of the OCI specification in small letters, and so do Docker, containerd and ORAS.
  {
    pattern:
      /(?:^|[:;"] |\n)[ \t]{0,20}((?:manifest )?blob unknown|blob upload (?:unknown|invalid)|manifest (?:unknown|invalid|unverified)|name (?:unknown|invalid)|tag invalid|digest invalid|toomanyrequests):\s{1,20}(\S[^\n]{2,500})/,
    body: ([words = '', message = '']) => ociBody(words, message.trim()),
  },
];

/** The body of an answer whose client printed only what it says; null where the text has no such form. */
export function retoldBody(text: string): string | null {
  const start = text.slice(0, SEARCHED);
  for (const { pattern, about, body } of FORMS) {
    const found = pattern.exec(start);
    if (found !== null && (about === undefined || about.test(start)))
      return JSON.stringify(body(found.slice(1), start));
  }
  return null;
}

/** So much of a text is searched. */
const SEARCHED = 8 * 1024;
