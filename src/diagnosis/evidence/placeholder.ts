/** Syntax of templates, shells and languages that should have been replaced. */
const MARKUP =
  /^(?:\$\{.*\}|\{\{.*\}\}|\{[A-Za-z_]+(?:[ .-][A-Za-z_]+)*\d?\}|<[^<>]+>|\[[A-Za-z_ -]+\]|%[A-Za-z_]\w*%|\$[A-Z_][A-Z0-9_]*|\$\(.*\)|#\{.*\}|__[A-Za-z]\w*__|\[object \w+\]|\.{3,})$/s;
const CODE =
  /^(?:process\.env\b|import\.meta\.env\b|os\.(?:environ|getenv)\b|System\.getenv\b|getenv\(|ENV\[|secrets\.)/;

/** Words that languages print for a missing value; in other letter case they are names. */
const NOTHING = /^(?:undefined|null|NaN)$/;

/** A text of ordinary words that includes one of these asks to be replaced. */
const ASKING = new Set(
  'your yours insert enter paste put add replace change changeme replaceme placeholder here todo tbd fixme example dummy goes'.split(
    ' ',
  ),
);
const ORDINARY = new Set(
  'a an the my me this it with in to for of and real actual own valid api apikey key keys token secret access auth bearer value password credential credentials id ids uuid name code number string client user customer account org organization organisation tenant team project app profile victim asset signal rule object resource item order sk pk live test prod production sandbox from dashboard console'.split(
    ' ',
  ),
);
const NOUNS = new Set('api apikey access auth secret key token my the'.split(' '));
const isCross = (word: string): boolean => /^x{3,}$/.test(word);

/** The words of a name in any notation: `your-api-key`, `YOUR_API_KEY`, `yourApiKey`. */
function wordsOf(text: string): string[] {
  return text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Whether a text is an unreplaced template or variable, or `undefined`. */
export const isUnreplaced = (text: string): boolean => MARKUP.test(text) || CODE.test(text) || NOTHING.test(text);

/** Whether a text is a documentation placeholder: `your-api-key-here`, `INSERT_KEY`, `xxxx`. */
export function asksForValue(text: string, more: string[] = []): boolean {
  const words = wordsOf(text);
  if (words.length === 0 || !words.some((word) => ASKING.has(word) || isCross(word))) return false;
  return words.every((word) => ASKING.has(word) || isCross(word) || ORDINARY.has(word) || more.includes(word));
}

/** Whether a key is only a word for a key: `api_key`, `my-secret-token`. */
export function isNameOfKey(text: string): boolean {
  const words = wordsOf(text);
  if (/^(?:your|my|the)?(?:api)?(?:key|token)$/.test(text.toLowerCase())) return words.join('').length > 5;
  return words.length > 1 && words.every((word) => NOUNS.has(word)) && words.some((word) => /key|token/.test(word));
}

/** Whether a path segment is the name of a variable: `:id`, `ASSET_ID`. */
export const isNameOfId = (text: string): boolean =>
  /^:[a-z_]\w*$/i.test(text) || /^[A-Z]+(?:_[A-Z]+)*_(?:ID|KEY|PK|UUID|NAME)$/.test(text);
