import type { Facts } from './facts.ts';

/** Texts that say no more than the status does. */
const GENERIC =
  /^(?:(?:http )?(?:error )?\d{3}\W*)?(?:(?:bad|invalid|malformed) (?:request|input|data|payload|parameters?|content)|(?:invalid )?request (?:body|failed|invalid)|(?:invalid|bad) request (?:body|data|payload)|validation (?:failed|error)|unprocessable (?:entity|content)|un ?authori[sz]ed|unauthenticated|not (?:authenticated|authori[sz]ed)|authentication (?:failed|required|error)|(?:access denied|forbidden|permission denied)|could not validate credentials|(?:the )?(?:requested )?(?:resource|page|object|route|endpoint|url)?(?: was)? ?not found|method not allowed|conflict|(?:an )?error(?: occurred)?|internal server error)?\W*$/i;

/** True for a message that gives no reason of its own. */
export const isGeneric = (message: string | null): boolean => GENERIC.test(message?.trim() ?? '');

/** The API knows the key, and rejects it for another reason. */
const KNOWS_THE_KEY =
  /\b(?:expired?|expiry|revoked|locked|suspended|disabled|deactivated|inactive|deleted|blocked|banned|scopes?|permissions?|roles?|quota|plan|subscription|billing|ip address|region|mfa|two factor)\b/;

/** Words that blame the key itself. */
const BLAMES_THE_KEY =
  /\b(?:invalid|incorrect|unknown|unrecogni[sz]ed|malformed|wrong|bad|missing|not (?:valid|found))\b/;

/** The response mentions the credentials. */
const NAMES_THE_KEY = /\b(?:api ?keys?|keys?|tokens?|jwt|credentials?|bearer|authorization|password|signature)\b/;

/**
 * The response's code and message as one line in lower case, with names split into words: `key
 * revoked`, `x tenant id`.
 */
function words({ said }: Facts): string {
  return said
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[_-]/g, ' ');
}

/** Whether the response matches a pattern, ignoring case and how words are joined. */
export const speaksOf = (facts: Facts, about: RegExp): boolean => about.test(words(facts));

/** The distinctive words of the required headers: `tenant` for X-Tenant-ID. */
function headerWords({ requiredHeaders }: Facts): string[] {
  return requiredHeaders.flatMap(({ name }) => name.toLowerCase().split('-')).filter((word) => word.length > 3);
}

/**
 * The subject of a finding. The response may name something else: a server that says that a key has
 * expired knows the key, so a space in it cannot be the cause.
 */
export type Subject = 'key' | 'presence' | 'header';

export function namesSomethingElse(facts: Facts, subject: Subject): boolean {
  const text = words(facts).replaceAll(/\bnot (?:yet )?expired\b/g, '');
  const namesHeader = headerWords(facts).some((word) => text.includes(word));
  if (subject === 'header') return NAMES_THE_KEY.test(text) && !namesHeader;
  if (namesHeader && !NAMES_THE_KEY.test(text)) return true;
  // "Missing X-API-Key header": a problem within a key does not make it invisible.
  const header = facts.auth?.header.toLowerCase().replaceAll('-', ' ') ?? '';
  if (subject === 'key' && header !== '' && text.includes(`missing ${header}`)) return true;
  const leavesOpen = /\bor\b/.test(text) && BLAMES_THE_KEY.test(text);
  return KNOWS_THE_KEY.test(text) && !leavesOpen;
}
