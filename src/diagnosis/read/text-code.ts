import { statusOfPhrase } from '../status.ts';
import { topicOf } from '../verdict/words.ts';

/** A code in the sentence of a tool. */
export interface CodeFound {
  code: string;
  at: number;
  /** The index at which the sentence about it may begin. */
  end: number;
  score: number;
}

/** A place in a sentence where tools put codes: the code is the first group. */
interface Slot {
  pattern: RegExp;
  score: number;
  /** How the code has to look there. */
  fits: (code: string) => boolean;
}

const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const CAMEL = /^(?:[A-Z][a-z0-9]+){2,}$|^[a-z]+(?:[A-Z][a-z0-9]+)+$/;
const SNAKE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$|^[a-z]{2,}(?:-[a-z]{2,})+$/;
const NUMBERED = /^[A-Z]{1,10}-?\d{4,7}$/;
/** The ending of a language's exception class, which is not a code of an API. */
const CLASS = /(?:Exception|Error|Request|Response|Client)$/;
/** Levels of logs and other words in capitals that are none. */
const NO_CODE =
  /^(?:error|errors?|warn|warning|info|fatal|failed|failure|code|status|message|http|https|none|null|true|false|unknown|ok|success|get|post|put|patch|delete|elifecycle)$/i;

/** True for a word in the form of a code: `KEY_LOCKED`, `KeyLocked`, `key_locked`, `AADSTS50011`. */
export const isToken = (code: string): boolean =>
  CONSTANT.test(code) || CAMEL.test(code) || SNAKE.test(code) || NUMBERED.test(code);
/** Codes in levels: `InvalidParameterValue.ImageId`. */
const DOTTED = /^[A-Z][A-Za-z\d]{1,40}(?:\.[A-Z][A-Za-z\d]{1,40}){1,3}$/;
/** With abbreviations: `InvalidDBInstanceState`, `KMSInvalidStateException`. */
const ABBREVIATED = /^[A-Z]{1,5}[a-z\d]{1,30}(?:[A-Z]{1,5}[a-z\d]{1,30}){1,8}$/;
const isName = (code: string): boolean =>
  isToken(code) || DOTTED.test(code) || ABBREVIATED.test(code) || /^[A-Z][a-z]+$|^[A-Z]{1,4}\d{2,6}$/.test(code);

const SLOTS: Slot[] = [
  // An error occurred (Code) when calling …; Error from server (Code): …
  // A name there is a resource where it has hyphens, or stands behind its kind: error creating EKS Cluster (my_cluster).
  {
    pattern: /(?<!\berror [a-z]{2,12}ing [\w -]{1,60} )\(([A-Za-z]\w{2,60})\)(?=:| (?:occurred )?when )/gi,
    score: 6,
    fits: isName,
  },
  // LocalStack's log of an answer: AWS s3.GetObject => 404 (NoSuchBucket)
  { pattern: /=> [45]\d\d \(([A-Z]\w{2,60})\)/g, score: 6, fits: isToken },
  { pattern: /\b(?:api|rpc|service|backend) error:? (?:code = )?([A-Za-z][\w.-]{2,60})/g, score: 6, fits: isName },
  {
    pattern:
      /\b(?:[a-z]{0,20}err(?:or)?[ _-]?)?code["'\]]?\s{0,3}[:=]\s{0,3}["'[(]{0,2}([A-Za-z][\w.-]{1,60})(?![\w.(]| [a-z](?!\w{1,20}[:=]))/gi,
    score: 6,
    fits: isName,
  },
  { pattern: /\b[Cc]ode["']?\s{0,3}[:=]\s{0,3}["'[(]{0,2}([A-Za-z][\w.-]{1,60}) desc /g, score: 6, fits: isName },
  {
    pattern:
      /\b(?:error|err|reason|type|errorType)["']?\s{0,3}[:=]\s{0,3}["'[(]{0,2}([A-Za-z][\w.-]{2,60})\b(?!\(|(?<=[a-z]-[a-z]{1,60}) [a-z])/g,
    score: 4,
    fits: isToken,
  },
  { pattern: /^(ERR(?:OR)?-\d{2,6}|E-?\d{4,6}) (?=[A-Z][a-z])/gm, score: 5, fits: () => true },
  { pattern: /\bError (?:ID|Id|Key|Name|Type|Kind): {1,3}([A-Za-z][\w.-]{2,60})(?=\s|$)/g, score: 5, fits: isToken },
  // Alibaba Cloud's SDK: HTTP Status: 403 Error:Forbidden.RAM User not authorized …
  { pattern: /\bError: ?([A-Z][A-Za-z\d.]{2,60}) (?=[A-Z][a-z])/g, score: 5, fits: (code) => DOTTED.test(code) },
  // … - Erreur status : 403 - code ADAM-DC-0008 - description : …
  {
    pattern: /[-–,;(] code:? ([A-Za-z][\w.-]{2,60})(?=[,;)]| [-–] |$)/gm,
    score: 6,
    fits: (code) => isToken(code) || /^[A-Z]{2,12}(?:-[A-Z\d]{1,12}){1,4}$/.test(code),
  },
  // PowerShell aligns the members of an object: "Code    : InvalidTemplateDeployment".
  { pattern: /^(?:Error ?)?Code {2,30}: ([A-Za-z][\w.-]{2,60})$/gm, score: 6, fits: isName },
  // EDN of Clojure: {:Code "NoSuchKey", …}
  { pattern: /:(?:[cC]ode|__type) "([A-Za-z][\w.-]{2,60})"/g, score: 6, fits: isName },
  // logfmt, where a blank ends a value.
  { pattern: /\bcode=["']?([A-Za-z][\w.-]{1,60})(?=["',;)\s]|$)/g, score: 6, fits: isName },
  // kubectl: error: You must be logged in to the server (Unauthorized); az: ERROR: (ResourceNotFound) The Resource …
  { pattern: /^error: [^\n(]{3,200} \(([A-Z]\w{2,60})\)$/gm, score: 6, fits: isName },
  {
    pattern: /(?:^|^ERROR: |^(?:[\w.]{0,60}(?:Error|Exception): ){1,3})\(([A-Z]\w{2,60})\) (?=[A-Z])/gm,
    score: 6,
    fits: (code) => CAMEL.test(code),
  },
  // kubectl: The Pod "web" is invalid: spec.restartPolicy: Unsupported value: …
  { pattern: /^(?:The )?[A-Z]\w{1,60} "[^"\n]{1,253}" is (invalid): (?=\S+: )/gm, score: 6, fits: () => true },
  // googleapi: Error 403: … does not have storage.buckets.create access., forbidden
  { pattern: /\bgoogleapi: Error \d{3}: [^\n]{1,500}, ([a-z][A-Za-z]{3,40})(?=$|")/gm, score: 6, fits: () => true },
  // Docker, of what a registry answered: Head "https://ghcr.io/v2/…": denied
  { pattern: /"https:\/\/[^\s"]{1,500}": ([a-z]{5,30})$/gm, score: 5, fits: () => true },
  // Slack::Web::Api::Errors::TriggerExpired: expired_trigger_id
  {
    pattern: /(?:^|")[A-Z]\w{0,40}(?:(?:::|[.\\])\w{1,40}){1,8}: ([a-z]{2,30}(?:_[a-z0-9]{1,30}){1,6})(?=$|")/gm,
    score: 5,
    fits: () => true,
  },
  // A code instead of a sentence: An API error occurred: not_in_channel
  {
    pattern: /\berror (?:has )?occurred: ((?=\w{6,80}$)[a-z]{2,30}(?:_[a-z0-9]{1,30}){0,6})$/gm,
    score: 6,
    fits: () => true,
  },
  // Such a code at the end of any sentence about an error: Error calling endpoint 'conversations.invite': cant_invite_self
  {
    pattern:
      /(?:rror|ERROR?|ailed|err)\b[^\n]{0,160}?(?<!\b(?:allowed|argument|attribute|column|expected|field|found|got|invalid|key|missing|name|param|parameter|property|required|supported|unknown|value|variable)s?): ([a-z]{2,30}(?:_[a-z0-9]{1,30}){1,6})(?=$| \([A-Z][\w:]{3,60}\)$)/gm,
    score: 3,
    fits: (code) => topicOf(code) !== null || /^(?:cant|cannot|not|no|is|too|already)_/.test(code),
  },
  // Plugins of Shopware: The error "INVALID_RESOURCE_ID" occurred with the following message: …
  {
    pattern: /\b[Tt]he error "([A-Z][A-Z\d_]{3,80})"(?: occurred)? with the following message(?=: )/g,
    score: 6,
    fits: (code) => CONSTANT.test(code),
  },
  { pattern: /\berror code ["'`]([A-Za-z][\w.-]{2,60})["'`]/g, score: 6, fits: isName },
  { pattern: /\((err(?:or)?[._-][a-z][\w.-]{3,60})\)/g, score: 5, fits: isToken },
  { pattern: /\bcode ([A-Z](?:[A-Z0-9_]|-\d){2,40})\b(?!-)/g, score: 5, fits: () => true },
  { pattern: /\(([A-Z][A-Z0-9_]{3,60})\)/g, score: 5, fits: (code) => CONSTANT.test(code) },
  { pattern: /(?:^|[\s:[("'])([A-Z]{1,10}-?\d{4,7})(?=:\s|\])/gm, score: 5, fits: () => true },
  {
    pattern: /(?:^|[\s:[("'])([A-Z][A-Z0-9]*(?:_[A-Z0-9]{1,40}){1,8})["']?(?=[\]:,.\s]|$)/gm,
    score: 4,
    fits: () => true,
  },
  // NotFoundError(404, 'index_not_found_exception', 'no such index')
  { pattern: /\(\d{3}, ["']([A-Za-z][\w.-]{2,60})["'](?=, ["'])/g, score: 5, fits: isToken },
  // The Azure Developer CLI lists the codes of a deployment, each within the one above it.
  {
    pattern:
      /\bError Details:\n(?:[A-Z]\w{3,60}: [^\n]{1,1000}\n){0,5}?([A-Z]\w{3,60})(?=: [^\n]{1,1000}(?:\n(?![A-Z][a-z]{1,30}[A-Z]\w{1,60}: )|$))/g,
    score: 6,
    fits: (code) => CAMEL.test(code),
  },
  // Behind what the AWS SDK says of the answer: ", HostID: …, BucketAlreadyExists: ".
  {
    pattern:
      /, ((?:[A-Z][a-z]{1,30}){2,6})(?<!Id|Code|Phrase|Reason|Message|Status|Type|Name|Url|Uri|Time|Host|Key|Method|Path)(?=:(?:\s|$))/gm,
    score: 4,
    fits: () => true,
  },
  // Terraform and Pulumi, of what the AWS SDK says: "Error creating IAM policy p: EntityAlreadyExists: A policy …".
  {
    pattern: /(?:^|[ .])[Ee]rror [a-z]+ing [^\n]{1,200}?: ((?:[A-Z][a-z]{1,30}){2,6}(?:\.[A-Z]\w{1,40})?)(?=: [A-Z])/gm,
    score: 5,
    fits: (code) => !CLASS.test(code) || /^(?:[A-Z][a-z]{1,30}){2,6}Exception$/.test(code),
  },
  // The heading of a stack in Node.js: the name of the error, which SDKs make of the code.
  {
    pattern: /^([A-Z][A-Za-z]{4,60}): [^\n]{1,500}\n\s{1,20}at /gm,
    score: 3,
    fits: (code) => !/(?:Error|DOMException)$/.test(code),
  },
  // In the middle of a line, where no class name of a language occurs: ", ConditionalCheckFailedException: …".
  {
    pattern: /[\w,)] ([A-Z][a-zA-Z0-9]{3,60}(?:Exception|Exceeded|Denied|NotFound|Failed|Fault|Error))(?=: \S)/g,
    score: 3,
    fits: (code) => CAMEL.test(code),
  },
  {
    pattern: /(?:^|: )([a-z]{2,20}(?:_[a-z0-9]{2,20}){1,5}|[a-z]{10,30})(?=: \S)/gm,
    score: 3,
    fits: () => true,
  },
  // googleapi: Error 409: …, alreadyExists
  { pattern: /, ([a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,5})$/gm, score: 3, fits: () => true },
  // hcloud: … is already used (uniqueness_error, 8f3e2d1c)
  {
    pattern: /(?<=\s)\(([a-z][a-z0-9]{1,20}(?:_[a-z0-9]{1,20}){1,4})(?:, [\w-]{6,60})?\)\.?$/gm,
    score: 5,
    fits: (code) => /_error$/.test(code) || topicOf(code) !== null,
  },
  // tweepy: 453 - You currently have access to …
  { pattern: /^(\d{2,6})(?= - [A-Z][a-z])/gm, score: 3, fits: () => true },
  // twilio-go: Status: 400 - ApiError 21211: …
  { pattern: /\b[A-Z]\w{0,20}Error (\d{4,8})(?=: )/g, score: 5, fits: () => true },
  // grpc-java
  {
    pattern: /\bio\.grpc\.Status(?:Runtime)?Exception: ([A-Z]{2,30}(?:_[A-Z]{2,30}){0,3})\b/g,
    score: 6,
    fits: () => true,
  },
  { pattern: /\bStatusCode\.([A-Z]{2,30}(?:_[A-Z]{2,30}){0,3})\b/g, score: 6, fits: () => true },
  {
    pattern: /\b(?:error[ _-]?code|errcode|errno|code)["']?\s{0,3}[:=#]?\s{0,3}["'[(]?(-?\d{2,8})\b/gi,
    score: 2,
    fits: () => true,
  },
];

/** So much of a text is searched for codes. */
const SEARCHED = 8 * 1024;

/** The most matches of a kind to look at. */
const MOST = 20;

/** The code in the sentences of a text that says most, of several alike the first; null when there is none. */
export function findCode(text: string, status: number | null): CodeFound | null {
  const start = text.slice(0, SEARCHED);
  let best: CodeFound | null = null;
  for (const { pattern, score, fits } of SLOTS) {
    let looked = 0;
    for (const found of start.matchAll(pattern)) {
      if (++looked > MOST) break;
      const code = (found[1] ?? '').replace(/(?<![.-])[.-]+$/, '');
      if (!fits(code) || !isCode(code, start, found.index, status)) continue;
      if (best === null || score > best.score)
        best = { code, at: found.index, end: found.index + found[0].length, score };
      break;
    }
  }
  return best;
}

function isCode(code: string, text: string, at: number, status: number | null): boolean {
  if (NO_CODE.test(code) || code.endsWith('RejectionWarning') || code === String(status)) return false;
  // Nothing but zeros stands for no error: ORA-00000, and YN0000 before what Yarn has no code for.
  if (/^[A-Z]{1,10}-?0{4,7}$/.test(code)) return false;
  // The name of a variable or of a header.
  const end = text.indexOf(code, at) + code.length;
  if (/^["'`]? (?:environment|env|variable|header)\b/i.test(text.slice(end, end + 20))) return false;
  // "401 (Unauthorized)": the phrase of a status beside it.
  const phrase = statusOfPhrase(code.replaceAll(/_|(?<=[a-z])(?=[A-Z])/g, ' '));
  const [, number] = /([1-5]\d\d)\W{0,3}$/.exec(text.slice(Math.max(0, at - 8), at + 1)) ?? [];
  if (phrase !== null && number === String(phrase)) return false;
  return !/^(?:Http|HTTP|Url|URL|Web|Rest)\w*$/.test(code) || !CLASS.test(code);
}
