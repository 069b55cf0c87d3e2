import type { StatusPattern } from '../../model/catalog.ts';
import type { Advice } from '../../model/words.ts';
import { withoutEnds } from '../../text/ends.ts';

const RETRY =
  /\bre-?tr(?:y|ies|ied|ying|iable)|retryable|\btry(?:ing)? (?:[\w-]+ ){0,4}again|\bback(?:ing)?[\s-]?off|backoff|\bresend|\brepeat(?:ing)? the request|\breattempt|reintent|volver a intentar|int[eé]nt[ae](?:lo)? (?:de nuevo|nuevamente|otra vez)|tente novamente|réessay|wiederhol|erneut|再試行|リトライ|もう一度|再度|重试|重試|повтор|재시도|\btransient\b|\btemporary\b|exponential/i;

const NEVER =
  /\b(?:do not|don['’]?t|never|should not|shouldn['’]?t|must not|cannot be|can['’]?t be|not|no|avoid|without) (?:be )?(?:automatically |blindly |immediately )?(?:re-?tr(?:y|ied|ying|iable)|retryable|resend|worth retrying|safe to retry)|non-?retr(?:y|i)able|not (?:be )?retr|retr(?:y|ies|ying) (?:(?:the )?(?:same )?(?:request )?(?:will|would) (?:not help|fail|return the same|give)|will not|won['’]?t|does not help|is pointless|without)|retr(?:y|ies|ying) .{0,40}\bfails?\b|retr(?:y|ies|ying) .{0,90}without (?:fix|chang|correct|address|modif|resolv)|will fail again|fail identically|\bno (?:se debe )?reintent|no retries|nicht (?:erneut|wiederhol)|ne pas réessay|не повтор|不要重试|不可重试|请勿重试|再試行しない|再試行不可|リトライ不可/i;

const AFTER =
  /\bafter (?:fixing|correcting|refresh|updating|adding|changing|re-?auth|the (?:issue|conflict|resource|key) (?:is|has)|you|upgrad|top|resolv|re-?fetch|rotating|renew|obtaining|getting)|\bonce (?:you|the|it|your)|\bonly (?:after|once|if you)|re-?fetch|with (?:the )?(?:current|new|updated|fresh|corrected|a (?:new|different|fresh|unique))|refresh (?:first|and|the)|and (?:then )?(?:retry|try again) with|unchanged|without (?:fixing|modif|chang)|despu[eé]s de|nach (?:der|dem)|修正後|更新後|修改后|после (?:исправ|обнов|пополн)/i;

/** A retry that comes after something else: `Close the lid and retry`. */
const THEN = /\b(?:and|then|before) (?:then |you )?(?:re-?try(?:ing)?|try(?:ing)? again|re-?send(?:ing)?|re-?submit)/i;
/** Instructions that only fill the time before a retry. */
const PASSES_TIME = /^(?:please |then )?(?:wait|back|slow|re-?try|try|reduce|implement|pause|sleep|honou?r|respect)/i;

const WAIT =
  /retry[_-]after|retry after (?:the |this )?(?:`|~?\d|number|seconds|time|indicated|specified|period|window|reset)|x-?ratelimit-?reset|reset time|until (?:the )?(?:limit|quota|window|rate|next|tomorrow|midnight)|when (?:the )?(?:limit|quota|window) resets|wait (?:for )?(?:the )?(?:\d+|number of seconds|indicated|specified|period)|next (?:day|billing|month|period|window)/i;

/** A wait that the page does not put a number on. */
const PAUSE =
  /\bwait (?:a |for a |some |before|and|then|until)|after (?:a |some |short |brief )|wait\b|\blater\b|moment|esper|warte|attend|подожд|稍后|等待|しばらく|待って/i;

const YES =
  /^[\s✅✔☑✓*`]*(?:yes|y|true|sí|si|oui|ja|sim|да|是|はい|可|예|✅|✔|✓|retryable|transient|always|usually|often|sometimes|maybe|depends|conditional(?:ly)?|possible|safe)(?![\w-])/i;
const NO = /^[\s*`]*(?:no|n|false|never|non|nein|não|нет|否|いいえ|不可|아니요|❌|✗|✘|✖|×|not|permanent)(?![\w-])/i;

/** Whether a text says anything about trying again. */
export function isAboutRetry(text: string): boolean {
  return RETRY.test(text);
}

/**
 * Reads the retry advice in a text; null if it gives none.
 *
 * @param isColumn true for a cell of a column on retrying, in which `Yes` and `No` stand alone
 */
export function adviceIn(text: string, statuses: StatusPattern[], isColumn = false): Advice | null {
  const isLimit = statuses.includes(429) || /too many requests|rate[\s-]?limit/i.test(text);
  if (isColumn && NO.test(text))
    return /[-–—,:(.]|\bafter|\bunless|\buntil/.test(text) && AFTER.test(text) ? 'after-action' : 'never';
  if (isColumn && /^[-–—]?$/.test(withoutEnds(text, /[\s*`]/))) return null;
  const says =
    RETRY.test(text) ||
    WAIT.test(text) ||
    (isColumn && (YES.test(text) || PAUSE.test(text) || AFTER.test(text))) ||
    (isLimit && (/\bwait\b|slow down/i.test(text) || asksForLess(text)));
  if (!says) return null;
  // The first advice counts: "Don't retry 4xx", "Retry once; if it fails, do not retry again".
  const never = NEVER.exec(text);
  const again = RETRY.exec(text);
  if (never !== null && (again === null || never.index <= again.index + 1))
    return AFTER.test(text) && /\b(?:after|once|until|then)\b/i.test(text) ? 'never' : 'never';
  const wait = WAIT.exec(text);
  const backoff =
    /back[\s-]?(?:ing )?off|exponential|退避|バックオフ|指数|экспоненц|exponencial|exponenti|slow down/i.exec(text);
  if (wait !== null && (backoff === null || wait.index < backoff.index)) return 'wait';
  if (backoff !== null) return 'backoff';
  if (
    (AFTER.test(text) || (THEN.test(text) && !PASSES_TIME.test(text) && isInstruction(text))) &&
    !isServer(statuses) &&
    !isLimit
  )
    return 'after-action';
  if (isLimit && /\bwait\b|esper|待|подожд|等待/i.test(text)) return 'wait';
  return isColumn || !/\bif\b.{0,40}\bre-?tr/i.test(text) || isServer(statuses) || isLimit ? 'backoff' : null;
}

/** `Reduce the rate of requests` */
const asksForLess = (text: string): boolean =>
  text.split('\n').some((line) =>
    /\b(?:rate|frequency)/i.test(
      line
        .split(/\breduce\b/i)
        .slice(1)
        .join(' '),
    ),
  );

const isServer = (statuses: StatusPattern[]): boolean =>
  statuses.length > 0 && statuses.every((status) => status === '5xx' || (typeof status === 'number' && status >= 500));

/** Beginnings of sentences that tell the reader to do something. */
const IMPERATIVE =
  /^(?:please |then |first,? |next,? |instead,? |also,? |simply |try to |try |always |to (?:fix|resolve|solve|avoid|prevent|correct|handle|recover)\b.*|for (?:details|more information)\b.*|do not |don['’]t |never |you (?:should|must|can(?! ?not|'t|’t)|need to|may|have to|will need)\b|(?:clients?|callers?|users?|applications?|developers?|your app(?:lication)?) (?:should|must|can|may|needs? to)\b|consider |if (?:the |this |it |you |your |problems?|errors?|issues?).{0,60},? (?:please |then )?(?:contact|retry|try|check|use|upgrade|wait|reach|open|email|increase|reduce|make|ensure|verify))|^(?:check|verify|ensure|make sure|confirm|use|add|contact|retry|wait|back ?off|slow|rotate|top up|upgrade|fix|provide|include|set|remove|delete|update|reduce|increase|decrease|read|honor|honour|review|generate|create|regenerate|re-?authenticate|implement|sign|refresh|see|refer|consult|look|call|send|resend|change|correct|replace|specify|supply|pass|enable|disable|configure|reset|renew|reconnect|restart|re-?run|reissue|retrieve|obtain|get|choose|select|pick|follow|inspect|examine|validate|double-check|re-?fetch|re-?try|reach out|open|buy|pay|add|split|lower|shorten|simplify|switch|move|ask|grant|assign|install|convert|encode|decode|escape|adjust|throttle|poll|treat|handle|discard|continue|leave|accept|stop|avoid|redirect|drop|turn on|go to|visit|give|apply|resubmit|submit|re-?submit|complete|activate|reactivate|recharge|paginate|surface|log out|run|reconcile|mint|truncate|break|attach|rename|enter|subscribe|join|re-?sync|allow|whitelist|allowlist|re-?upload|connect|unlock|shrink|compress|resize|start|end|finish|cancel|deduplicate|prompt|show)\b(?!\s+(?:is|was|are|were|has|had|failed|not|denied|expired|missing|timed)\b)/i;

/** Words that are nouns as well: only what follows tells that they are meant as verbs. */
const NOUN_OR_VERB =
  /^(?:please )?(?:request|page|report|batch|cache|queue|store|limit|format|upload|purchase|fund|merge|list|map|register|sync|link|match|scale|exchange|log|trim) (?:(?:the|a|an|your|it|this|that|these|those|another|in|out|to|or|and|with|all|any|new|from|up|support) |`)/i;

const IMPERATIVE_OTHER =
  /^(?:por favor,? |bitte |s['’]il vous plaît,? |per favore,? )?(?:verifi(?:que|ca|car)|compruebe?|comprobar|revis[ea]|aseg[uú]r|use |usa |utilice|contact|espere?|reintent|int[eé]nt[ae]|detente|reduzca|añad|incluya|entre em contato|contate|tente|consulte|aguarde|inclua|envie|vérifi|assurez|contactez|utilisez|prüfen|überprüfen|stellen sie|verwenden|kontaktieren|warten|проверьте|убедитесь|используйте|обратитесь|повторите|подождите|请(?!求)|確認|検査|检查|使用|联系|稍后|重试)|(?:してください|ください|下さい)[。.]?$|^请(?!求)/i;

/** First words before an article that are no verbs in the imperative. */
const NO_VERB =
  /^(?:the|a|an|this|that|these|those|any|all|some|when|if|while|since|after|before|for|in|on|at|with|without|from|by|as|because|either|neither|both|not|no|only|is|are|was|were|has|have|had|does|did|can|may|under|over|perhaps|maybe|otherwise|instead|else|still|yet|however|therefore|hence|thus|again|often|never|ever|always|sometimes|alternatively|also|your|our|its|there|here|once|until|unless|whether|though|although|during|beyond|outside|inside|per|via|like|unlike|despite|given|among|between|through|throughout|within|upon|where|which|whose|most|many|even|just|sent|thrown|got|hit|met|or|and|but|to|of|about|against|than|then|so|what|how|why|who|error|another|one|each|it|you|we|they)$/i;

/** `Close the lid`: a verb in its bare form before an article or a pronoun. */
function isBareVerb(sentence: string): boolean {
  const word =
    /^([A-Z][a-z]+(?:-[a-z]+)?) (?:the|a|an|your|it|this|that|these|those|another|one|any|both|its|their|each|them)\b/.exec(
      sentence,
    )?.[1];
  return word !== undefined && !NO_VERB.test(word) && !/(?:ed|ing|ly|[^s]s)$/.test(word);
}

/** Whether a sentence tells the reader what to do. */
export function isInstruction(sentence: string): boolean {
  const plain = sentence.replace(/^(?:[•*\s`"“(-]|\p{Extended_Pictographic})+/u, '');
  // A reference to another section says nothing itself.
  if (/^see (?:the |also )?[\w\s&-]{1,40}\.?$/i.test(plain)) return false;
  // A label, as in "Correct: 14:00".
  if (/^correct\s*:/i.test(plain)) return false;
  if (isBareVerb(plain)) return true;
  if (NOUN_OR_VERB.test(plain)) return true;
  if (IMPERATIVE.test(plain) || IMPERATIVE_OTHER.test(plain)) return true;
  return (
    /\b(?:you (?:must|should|need to|have to)|should be (?:re-?tried|retried)|can be (?:fixed|resolved|solved) by|retry with|try again|contact support|back ?off)\b/i.test(
      plain,
    ) && !/^(?:you (?:have|are|do not|don't))/i.test(plain)
  );
}

/** The sentences of a text; a line break ends one. */
export function sentencesOf(text: string): string[] {
  return text
    .split(
      /\n+|(?<=[.!?](?:["”)`]|))\s+(?=["“(`]?(?:[A-Z0-9¿¡\u0400-\u04FF*]|\p{Extended_Pictographic}))|(?<=[。！？])/u,
    )
    .map((part) => part.replace(/^•\s*/, '').trim())
    .filter((part) => part !== '')
    .reduce<string[]>((found, part) => {
      const last = found.at(-1);
      // "e.g. X" and "No. 5" are no ends.
      if (last !== undefined && /\b(?:e\.g|i\.e|etc|vs|approx|incl|No|z|d|bzw|ca|usw|Nr|ej)\.$/.test(last))
        found[found.length - 1] = `${last} ${part}`;
      else found.push(part);
      return found;
    }, []);
}
