/** The role of a column, of a label before a text, or of a heading within an error's section. */
export type Role =
  | 'status'
  | 'code'
  | 'subcode'
  | 'meaning'
  | 'title'
  | 'cause'
  | 'resolution'
  | 'retry'
  | 'message'
  | 'example'
  | 'field'
  | 'other';

/** Headers and labels by role, in the languages in which documentation is common. The first match counts. */
const WORDS: [role: Role, says: RegExp][] = [
  [
    'retry',
    /retry|retri(?:able|es)|reintent|réessay|wiederhol|tentar novamente|repetir|再試行|リトライ|重试|重試|повтор|재시도|إعادة المحاولة|tekrar dene|coba lagi|thử lại|ponów|transient/i,
  ],
  [
    'field',
    /^(?:(?:json )?fields?(?: name)?|attributes?|parameters?|param|property|properties|headers?(?: name)?|arguments?|variables?|options?|members?|keys?|campos?|atributos?|parámetros?|字段|字段名|参数|參數|フィールド(?:名)?|パラメータ|поле|параметр|feld|parameter|champ|paramètre|필드|الحقل|المعامل|veld|pole|campo|alan|kolom)$/i,
  ],
  [
    'resolution',
    /resol|recover|remed|solution|solve|solución|solução|\bfix|how to|\baction|acción|ação|mitigat|what (?:to|you (?:should|can)) do|what (?:should|can) (?:i|you)|what now|next steps?|troubleshoot|workaround|recommend|suggest|sugerencia|sugestão|handling|how to handle|correct(?:ive|ion)|qué hacer|cómo|o que fazer|解决|解決|处理|處理|建议|対処|対応|対策|решени|действи|что делать|исправл|lösung|maßnahm|behebung|abhilfe|que faire|해결|조치|الحل|المعالجة|الإجراء|soluzion|rimedi|çözüm|solusi|penanganan|khắc phục|cách xử lý|rozwiązani|oplossing|рішенн|client (?:behavior|handling)|\bsteps\b/i,
  ],
  [
    'example',
    /^(?:examples?|sample|body|response(?: body)?|json|payload|example (?:response|body)|ejemplo|例|示例|пример)$/i,
  ],
  [
    'message',
    /(?:error )?messages?(?:$| text)|detail message|message|mensaje|mensagem|メッセージ|消息|信息|сообщени|meldung|nachricht|메시지|رسالة|messaggio|\bmesaj|\bpesan\b|thông báo|komunikat|повідомленн|^detail$|^text returned$/i,
  ],
  [
    'status',
    /^(?:(?:http|status|response)[\s_-]*)?(?:http|status|response)[\s_-]*(?:(?:response|status)[\s_-]*)?(?:codes?|number)?s?$|^(?:http )?status(?: ?codes?)?$|estado|état|状态码?|狀態碼|ステータス|статус|http-?код|код (?:ответа|http|состояния)|statut|상태|رمز الحالة|^الحالة$|\bstato\b|durum|mã trạng thái|kode status|http-?statuscode|^http$/i,
  ],
  ['subcode', /sub-?code|decline code|^reason code$|^issue$|detail code/i],
  [
    'code',
    /^(?:api |error |exception |fault |json |machine )?(?:codes?|type|name|identifier|id|slug|enum|constant|value|error ?codes?|errors?|class|exception|key|`?error`?(?: value| code)?|`?code`?|`?type`?|errcode|errno|symbol)$|\berror codes?$|^(?:error|exception)[\s._-]*(?:codes?|types?|names?|ids?|constants?|numbers?|classe?s?|strings?|keys?|values?)$|código|codigo|错误码|錯誤碼|错误代码|代码|コード|код|fehlercode|code d.erreur|코드|الرمز|رمز|codice|\bkod[eu]?\b|mã lỗi|^mã$|foutcode|^code$/i,
  ],
  [
    'cause',
    /\bcauses?\b|^problems?$|trigger|条件|條件|common (?:causes|reasons|scenarios)|possible reasons|^reasons?$|^why\b|why (?:it|this)|when (?:it|this|does|returned)|^when$|^scenarios?$|^triggers?$|^situations?$|^conditions?$|^circumstances$|原因|causa|причин|ursache|raison|발생|원인|السبب|الأسباب|\bcausa\b|neden|penyebab|nguyên nhân|przyczyn|oorzaak|причин|場合|^cuándo|^когда/i,
  ],
  [
    'title',
    /^(?:titles?|phrases?|summary|short description|label|título|titre|titel|名称|名前|название|reason phrase|status text|^error name)$/i,
  ],
  [
    'meaning',
    /descri|meaning|explan|definition|details?|discussion|^text$|comments?|notes?|overview|^what\b|summary|说明|說明|描述|含义|意味|説明|内容|significado|significa|описани|значени|расшифров|bedeutung|beschreib|signification|설명|의미|الوصف|المعنى|الشرح|descrizion|significat|açıklama|anlam|keterangan|deskripsi|penjelasan|mô tả|ý nghĩa|\bopis\b|znaczeni|omschrijving|betekenis|опис|значенн/i,
  ],
];

/** The role that a header, a label or a heading names; null if it names none. */
export function roleOf(text: string): Role | null {
  const plain = text.replaceAll(/\(s\)|[`*?!:：¿]/g, '').trim();
  if (plain === '' || plain.length > 60) return null;
  return WORDS.find(([, says]) => says.test(plain))?.[0] ?? null;
}

/** The label at the beginning of a text or a line, and what follows: `Solution: …`. */
const LABEL =
  /(?:^|\n|(?<=[.!。]\s))[^\S\n]*(?:[•*-][^\S\n]*)?[*`_]*((?:[A-Z¿]|\P{ASCII})[^\n:：.*`]{1,40}?)[*`_]*\s*[:：][*`_]*(?:\s+|$|(?=[^\p{ASCII}/]))/gu;

/** A piece of a text with the role that its label gives it; null for a text without a label. */
export interface Labelled {
  role: 'cause' | 'resolution' | 'retry' | 'message' | 'meaning' | 'status' | 'code' | null;
  text: string;
}

/** Labels of codes; `Error` and `Type` label other things, too. */
const OF_CODE = /\bcode$|código|код|コード|码/i;

/** A code by itself on its line. */
const LONE_CODE = /^`?[\w.:-]{2,80}`?(?=\n|$)/;

const LABELS = new Set<Role>(['cause', 'resolution', 'retry', 'message', 'meaning', 'status']);

/** Splits a text at labels such as `Cause:` and `Solution:`; any other label stays in its text. */
export function byLabels(text: string): Labelled[] {
  const parts: Labelled[] = [];
  let from = 0;
  let role: Labelled['role'] = null;
  const add = (to: number) => {
    const piece = text.slice(from, to).trim();
    if (piece !== '') parts.push({ role, text: piece });
  };
  for (const found of text.matchAll(LABEL)) {
    const label = found[1] ?? '';
    const named = label.split(/\s+/).length <= 5 ? roleOf(label) : null;
    const end = found.index + found[0].length;
    const isCode = named === 'code' && OF_CODE.test(label) && LONE_CODE.test(text.slice(end, end + 90));
    if (named === null || !(LABELS.has(named) || isCode)) continue;
    add(found.index);
    role = named as Labelled['role'];
    from = end;
  }
  add(text.length);
  return parts;
}

/** Words by which a text is about errors. */
const OF_ERRORS =
  /error|errors|fault|exception|fail|(?:status|response|return|result) codes?\b|http|problem|troubleshoot|fehler|erreur|errore|erro\b|erros|ошиб|エラー|ステータス|错误|錯誤|状态码|异常|오류|códigos? de|خطأ|أخطاء|الأخطاء|\berrori\b|hata|kesalahan|galat|lỗi|błęd|błąd|foutcode|fout(?:en|meld)|помил/i;

/** Whether a heading or a title is about errors. */
export function isAboutErrors(text: string): boolean {
  return OF_ERRORS.test(text);
}

/** Headings over what is no error of an HTTP API. */
const NO_ERRORS =
  /opcode|exit (?:codes?|status)|close (?:event )?code|close event|gateway event|log level|severity|success|changelog|release notes|permissions?$|scopes?$|rate limit tiers|tiers|plans|limits?$|webhook events?|event types?|state machine|lifecycle|enum|supported|languages|currenc|countr|environment variables|request (?:parameters|body|headers)|query parameters|response (?:fields|headers)|headers$/i;

/** Whether a heading is over a table of something else. */
export function isAboutOther(text: string): boolean {
  return NO_ERRORS.test(text) && !/error code|error response|errores|errors/i.test(text);
}

/** Words by which a sentence tells of a failure. */
export function tellsOfFailure(text: string): boolean {
  return /\b(?:in?valid|unknown|missing|not|cannot|can't|couldn't|failed|fails|failure|error|denied|exceed(?:ed|s)?|expired|unauthorized|forbidden|unsupported|already|required|too (?:many|large|long)|unable|no (?:such|longer)|must|incorrect|malformed|conflict|limit(?:ed)?|disabled|blocked|wrong|unavailable|rejected|duplicate|timed? ?out|maximum|insufficient)\b|не |нет |无|不|未|失败|错误|ない|失敗|エラー|無効|inválid|no se|falt|erro|ungültig|fehl|غير|فشل|خطأ|مفقود|يفتقر|لم |geçersiz|değil|eksik|tidak|gagal|không|sai |nieprawidł|nie |niet |ongeldig|non |manca|invalid|недійсн/i.test(
    text,
  );
}
