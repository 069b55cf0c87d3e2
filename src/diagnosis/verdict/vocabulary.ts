/** The topics that words can give an error. */
export const TOPICS = [
  'authentication',
  'permission',
  'not-found',
  'validation',
  'conflict',
  'duplicate',
  'rate-limit',
  'quota',
  'limit',
  'maintenance',
  'timeout',
  'server',
] as const;
export type Topic = (typeof TOPICS)[number];

/** Words that speak for a topic. */
export interface Row {
  topic: Topic;
  /**
   * A pattern over words in lower case, as `wordsIn` makes them of sentences and codes. `~` before a word asks that no
   * "not" precedes it; `{cred}` is any credential.
   */
  says: string;
  /** A text in which this row, and none before it, speaks. */
  example: string;
}

/** Credentials. Other tokens (of a page, of a device, of a parser) are not meant. */
export const CREDENTIAL =
  '(?:(?:api|app(?:lication)?|user|access|auth\\w*|secret|service|subscription|account|developer|license|integration) ?keys?|key id|(?<!\\b(?:page|next|sync|device|continuation|cursor|push|registration|idempotency|unexpected|upload|invite|partition|parse|json|the|an) )tokens?|(?<=\\b(?:access|api|auth|the|your|bearer|id|refresh|security|session) )tokens?|credentials?|pass(?:word|code|phrase)|signature(?! in (?:the )?(?:\\w+ )?block)|session|jwt|log ?in|client secret|api secret|secret id|auth(?:entication|orization)?(?: \\w+)? header|cookie|otp)';

/** Faults of a credential. */
const WRONG =
  '(?:invalid|incorrect|wrong|bad|missing|unknown|~expired|revoked|malformed|unrecogni[sz]ed|mismatch(?:ed)?|no valid|not valid|invalidated|inactive|no)';

/**
 * One vocabulary for codes and sentences, the most specific rows first: the first that fits decides. It holds words that
 * many APIs share; what only one API says is an entry of a catalog.
 */
export const VOCABULARY: Row[] = [
  // Limits that come back by waiting, also where they are called a quota.
  {
    topic: 'quota',
    says: 'insufficient ?quota|check your plan and billing|billing (?:hard )?limit',
    example: 'insufficientQuota',
  },
  {
    topic: 'quota',
    says: 'more .{0,40}than (?:your|the) current .{0,30}limit|insufficient (?:\\w+ )?quota',
    example: 'You have requested more capacity than your current limit of 0 allows',
  },
  {
    topic: 'quota',
    says: '(?:exceed\\w*|reached) .{0,60}\\b(?:for today|today|daily|per day|monthly|per month|this month)\\b',
    example: 'Exceeded send limits for today',
  },
  {
    topic: 'quota',
    says: '(?:daily|monthly|weekly|annual|plan|usage|spending|storage|account|resource|project|server|billing|credit) ?(?:(?!rate )\\w+ ){0,2}(?:limit|quota|cap|allowance|volume|budget|allotment)s? ?(?:has |have )?(?:been |was |is )?(?:~exceeded|reached|hit|used)',
    example: 'resource_limit_exceeded',
  },
  {
    topic: 'rate-limit',
    says: 'rate ?limit|rate ~exceeded|request rate (?:is )?(?:too )?large|ratelimited|too ?many ?requests|throttl\\w+|requests? limit|slow ?down|frequency limit|qps|(?:requests?|calls?|queries) (?:\\w+ )?per (?:second|minute|hour)|(?:access\\w*|call\\w*|request\\w*) (?:too )?frequent\\w*|frequent\\w* (?:access|call|request)\\w*|too many (?:\\w+ )?(?:attempts|calls|connections|messages|queries)|(?:too|very) (?:fast|frequent\\w*|often)|flood|wait (?:an?|some|at least|\\d+) (?:\\w+ ){0,2}(?:before|between)',
    example: 'API rate limit exceeded',
  },
  {
    topic: 'rate-limit',
    says: '(?:limit|quota)\\b.{0,60}\\b(?:per|a|each) ?(?:second|minute|hour|user|100 seconds)|(?:exceeded|reached|above) .{0,40}\\b(?:calls|messages|operations|queries) (?:per|a) (?:second|minute|hour)|(?:throughput|capacity|concurren\\w+)\\b.{0,30}\\b(?:~exceeded|limit)|a lot (?:lately|recently)|doing that a lot|hourly limit',
    example: 'the hourly limit of 1000 credits',
  },
  {
    topic: 'rate-limit',
    says: 'too quickly|too many (?:\\w+ )?(?:web ?sockets?|sockets|streams)\\b|(?:please|must) wait (?:for )?\\d+ (?:more )?(?:seconds?|minutes?|s\\b)',
    example: 'You are sending requests too quickly',
  },
  {
    topic: 'rate-limit',
    says: 'resources? (?:has been |have been |is |are )?exhausted (?:please )?(?:try|retry) again',
    example: 'Resource exhausted. Please try again later.',
  },
  {
    topic: 'quota',
    says: 'quotas?(?: s)?\\b.{0,30}\\b(?:~exceeded|exhausted|reached|used up|depleted|limit)|(?:~exceeded?|exceeds|exceeding|over|out of) .{0,40}\\bquota|quota ?exceeded|over query limit|(?:out of|insufficient|not enough|no more|^no|exceeds your) ?(?:\\w+ )?(?:credits?|funds|balance)|credit balance is too low|(?:credits?|balance) (?:\\w+ ){0,2}(?:exhausted|depleted|insufficient|too low)|payment required|(?:trial|licen[cs]e|subscription) (?:\\w+ ){0,4}~expired|paid plan|usage (?:limit )?(?:has been |is )?(?:~exceeded|reached)',
    example: 'The quota has been exhausted',
  },
  {
    topic: 'quota',
    says: 'trial (?:period )?(?:is |has |was )?(?:over|ended)(?! \\d)|upgrade (?:your|to an?) (?:\\w+ )?(?:plan|subscription|account(?= to\\b|$))',
    example: 'Your trial has ended',
  },
  {
    topic: 'validation',
    says: '(?:size|length|depth|width|height|dimensions?) limit (?:has been |is |was )?~exceeded|(?:max(?:imum)?|allowed|upload) (?:\\w+ ){0,2}(?:size|length|depth) (?:of \\S+ (?:\\w+ )?)?(?:has been |is |was )?~exceeded|(?:payload|body|file|upload|image|document|attachment|message|content|header|field|name|description)(?: size| length)? exceeds\\b|(?:message|payload|body|request) (?:is )?larger than (?:the )?max',
    example: 'Maximum upload size exceeded',
  },
  {
    topic: 'limit',
    says: '(?:contains|has|have|used|using|currently) (?:\\w+ ){1,5}limit is \\d+|limits? ?(?:has been |have been |was |is )?(?:~exceeded|reached|hit)|(?:reached|exceeded) (?:the |its |your )?(?:(?:\\w+ ){0,2}limit|max(?:imum)? (?:number|count|amount))|already (?:has|have) (?:the |its |your )?max(?:imum)? (?:allowed )?(?:number|count|amount)|resource (?:has been |is |was )?exhausted',
    example: 'send limits reached',
  },
  {
    topic: 'maintenance',
    says: 'maintenance(?! downtime or)|hibernat\\w+|read ?only mode|upgrade in progress|(?:down|offline) for|currently in read only',
    example: 'Down for scheduled maintenance',
  },
  {
    topic: 'maintenance',
    says: 'is (?:currently )?being (?:rebuilt|migrated|upgraded|restored|reindexed|restarted)',
    example: 'The index is being rebuilt',
  },
  {
    topic: 'duplicate',
    says: 'still in use|already (?:exists?|in use|taken|registered|been (?:taken|used|registered|processed)|used|(?:an? )?(?:\\w+ )?(?:member|subscribe[dr])|added|assigned|linked)|~duplicate\\w*|dup (?:entry|key)|name taken|(?:is|been) taken|unique constraint|(?:must|has to|should) be unique|not unique|exists already',
    example: 'ER_DUP_ENTRY',
  },
  {
    topic: 'conflict',
    says: 'not a (?:simple )?fast forward|has (?:an? )?(?:dependent (?:object|resource|entit)|dependenc\\w+ and (?:cannot|can t))\\w*|dependency violation|in use and (?:cannot|can t)|precondition (?:check )?failed|another (?:\\w+ ){1,6}(?:is|are) (?:already |currently )?(?:in progress|running|pending|accessing|using it)|already (?:in progress|open|closed|running|completed)|(?<!no )conflict\\w*|^(?:invalid|incorrect) (?!(?:\\w+ )?(?:address|billing|shipping|home|us|oauth|auth|login|csrf) )(?:(?!(?:value|for|of|the|in|letters?|digits?|code|format|name)\\b)\\w+ ){1,4}state(?: fault| exception)?$|version mismatch|has been (?:modified|changed|updated) (?:by|since)|object has been modified|to the latest version and try again|(?:concurrent|optimistic) (?:\\w+ )?(?:modification|update|lock\\w*)|conditional ?(?:request|check) ?failed|stale (?:object|version|state)|e ?tags? (?:mismatch|does not match)|(?:is|are) (?:still |being |currently )?(?:referenced|used) by (?:other|another|\\d+|existing|at least|one or more)|(?:cannot|can t|could not) (?:be )?(?:deleted?|removed?)\\b.{0,60}\\b(?:referenced|used by|in use|associated with|because it has)|already (?:been )?(?:shipped|cancel+ed|paid|refunded|finished|archived|published|approved|rejected|booked|confirmed|completed|activated)(?! (?:is|must|should|field|parameter)\\b)|still (?:running|processing|in progress|being processed)|(?:out of stock|sold out)$',
    example: 'ConditionalCheckFailedException',
  },
  {
    topic: 'conflict',
    says: '(?:thread|conversation|issue|channel|record|row|sheet|document|file|branch|resource) (?:is|was|has been) (?:\\w+ )?(?:locked|archived)|locked (?:for editing )?by\\b|(?:not|n t) mergeable|merge conflict|idempotency key .{0,40}\\b(?:reused?|different|in use)|(?:room|event|class|group|slot) is full',
    example: 'The channel is archived',
  },
  {
    topic: 'conflict',
    says: 'cannot (?:be )?used? (?:\\w+ ){1,6}more than once|cannot be used more than once',
    example: 'Cannot use a payment_method_nonce more than once.',
  },
  {
    topic: 'conflict',
    says: '(?:due to|because of) (?:an? )?in progress (?:\\w+ )?(?:deployment|operation|update|build|job|backup)|(?:operation|deployment|update|change|backup|restore) (?:\\w+ ){0,4}(?:is|are) (?:already |currently |still )?in progress|(?:resource|object|volume|subnet|entity) (?:is |are )?(?:currently )?in use',
    example: 'An operation on this change set is currently in progress',
  },
  // Who is calling, before what they may do; but a key without a permission is one of permission.
  {
    topic: 'permission',
    says: `${'{cred}'} (?:\\w+ ){0,3}(?:does not|doesn t|do not|don t|lacks?|without) (?:\\w+ ){0,4}(?:permissions?|access|scopes?|privileges?|rights|roles?)`,
    example: 'The API key does not have the required permissions',
  },
  {
    topic: 'authentication',
    says: `not (?:supplied|provided|sent|specified) (?:an? )?(?:valid )?(?:\\w+ )?${'{cred}'}|(?:unable to|could not|couldn t|cannot|can t|failed to|not) (?:locate|find|load|get|obtain|fetch|retrieve) (?:\\w+ ){0,3}${'{cred}'}|(?:could not|cannot|unable to|failed to) (?:\\w+ )?determine (?:\\w+ ){0,2}credentials\\b(?! (?:provider|type|format|order))|no matching federated identity|run (?:\\w+ ){0,3}(?:log ?in|auth)\\b|(?:set(?:ting)?|export(?:ing)?|provide|define) (?:the |an? |your )?(?:\\w+ ){0,3}(?:token|keys?|credentials?) (?:environment|env) var`,
    example: 'Unable to locate credentials',
  },
  {
    topic: 'authentication',
    says: `${WRONG} (?:\\w+ ){0,4}?${'{cred}'}\\b(?! (?:requests?|offers?|definitions?|schemas?|templates?|subjects?)\\b)`,
    example: 'Invalid API key',
  },
  {
    topic: 'authentication',
    says: `${'{cred}'}(?: (?!not\\b)\\S+){0,4} (?:${WRONG}|required|mandatory|rejected|disabled|deactivated|blocked|suspended|blacklisted|(?:was |is |are )?not (?:valid|found|recogni[sz]ed|registered|active|correct|provided|present|sent|set|match)|no longer valid|does not match|do not match|could not be (?:verified|validated|decoded)|verification failed|must be (?:supplied|provided|sent|set))\\b`,
    example: 'The access token has expired',
  },
  {
    topic: 'authentication',
    says: 'log ?in error\\b(?! (?:message|page|template|handler|count|text|log|url)s?\\b)|signature (?:validation|verification|check) (?:has |was )?(?:~failed|error)|(?:log ?in|log ?on|sign ?in) (?:has |was )?(?:~failed(?! to\\b)|unsuccessful|incorrect)|(?:failed|unable) to (?:log|sign) ?(?:in|on)\\b|verifying (?:the )?security for the message|unauthenticated|security header is (?:not valid|invalid)|not ?authenticated|(?:could not be|unable to|failed to|cannot|can t|could not) authenticate\\w*|authenti(?:fi)?cat\\w+ ?(?:\\w+ ){0,2}(?:failed|failure|required|error|invalid|missing|needed|unsuccessful)|auth ?(?:error|failed|failure|required)|(?:invalid|no|missing|requires?|without|bad|need) (?:\\w+ )?(?:authenti(?:fi)?cation|credentials|auth)\\b|not (?:properly )?authenticated|not logged ?in|(?:must|need to|have to|please) (?:be )?(?:logged|log|sign|signed) ?in|log ?in (?:is )?required|login to|(?:must|need to|have to|please) re ?log ?in|sign in (?:to|first)|session (?:\\w+ )?~expired|re ?authenticat\\w+|authenticate',
    example: 'Current user is not logged in',
  },
  {
    topic: 'authentication',
    says: '(?:access|api) key(?: id)? (?:you )?(?:gave|given|provided|sent|specified|supplied|used) (?:does not|doesn t) exist|oauth client (?:was|is|has been) (?:deleted|disabled)|^deleted client$',
    example: 'The access key ID you provided does not exist in our records',
  },
  {
    topic: 'authentication',
    says: 'interaction required|(?:log ?in|consent) ?required$|insufficient ?claims|(?:system )?clock (?:must|is|skew)|time ?skew|difference between (?:the )?request time and|(?:recv ?window|timestamp for this request (?:\\w+ ){0,3}(?:outside|ahead))|request (?:time|has|timestamp|is) (?:\\w+ )?(?:~expired|too (?:old|late|early|far|skewed))|^timestamp (?:is |has )?~expired|(?<!(?:object|json|map|foreign|primary) )invalid ?key$|^invalid ?token$|^err(?:or)? (?:sign(?:ature)?|token|auth)$|^(?:token|key|sign|app id|client id) ?(?:~expired|invalid|revoked|error|mismatch)$|(?:invalid|wrong|incorrect) sign$|(?<!(?:foreign|primary|partition|unique|sort) )key (?:is )?(?:not active|inactive|disabled|suspended|blocked)|signature ?(?:mismatch|does ?not ?match|invalid)|jwt (?:\\w+ )?(?:~expired|malformed|invalid)|authorization header|^invalid ?(?:client|grant|user|account)$',
    example: 'SignatureDoesNotMatch',
  },
  {
    topic: 'authentication',
    says: '(?:no )?signatures? found matching the expected|(?:requires?|needs?|provide|enter|supply|set|use) (?:an? )?valid (?:\\w+ ){0,2}{cred}',
    example: 'No signatures found matching the expected signature for payload',
  },
  {
    topic: 'permission',
    says: '(?:account|user|organi[sz]ation|business|merchant) (?:\\w+ )?(?:is |has )(?:\\w+ )?pending (?:\\w+ )?verification|^pending ?verification|(?:request|account) (?:\\S+ ){0,6}is being (?:validated|verified|reviewed) and you',
    example: 'Your account is currently pending verification',
  },
  {
    topic: 'permission',
    says: '(?:access|operation|action) (?:is |was )?not permitted(?! (?:in|on|when|while|until|with)\\b)|(?:does|do) ?(?:not|n t) have authori[sz]ation to|permissions? ?(?:is |was |are |has been )?(?:~denied|required|missing|error|insufficient)|(?:does|do) ?(?:not|n t) have (?:\\w+ ){0,4}(?:permissions?|access|rights?|privileges?|roles?|scopes?)|don t have (?:\\w+ ){0,4}(?:permissions?|access|rights?|privileges?)|not (?:allowed|permitted|entitled|eligible) to(?! be )|not (?:been )?(?:authorized|authorised|granted|enabled for)|un ?authori[sz]ed (?:to|for|access|operation|action)|not authori[sz]ed|(?:insufficient|missing|lacks?|no|inadequate|invalid|unauthori[sz]ed) (?:\\w+ ){0,2}(?:permissions?|scopes?|privileges?|access rights|rights|roles?)\\b|forbidden|access ?(?:\\w+ ){0,4}(?:is |was |has been )?(?:denied|restricted|limited|forbidden|blocked)|denied (?:the|your|this) request|request (?:was |is |has been )?denied|page blocked|(?:request|page|access) (?:\\w+ ){0,12}(?:was |is |has been )blocked|blocked (?:by|in accordance with|due to|because of) (?:\\w+ ){0,4}(?:policy|firewall|administrator|rules?)|denied access|not (?:been )?granted (?:the |this )?(?:\\w+ )?(?:scope|permission|access|role)s?|authorization (?:failed|failure|error)|no ?perms?\\b|(?:action|access|operation|request) (?:is )?prohibited|must grant (?:\\w+ ){1,6}access|not (?:accessible|allowed) (?:by|for|from)|is not allowed to(?! be )|ip (?:address )?(?:\\S+ )?(?:is )?not (?:allowed|whitelisted)|(?:do|does) not (?:control|own|belong to)|requires? (?:\\w+ ){0,3}(?:membership|role|scope|permission|privilege|subscription|admin)|only (?!(?:\\w+ ){0,2}(?:characters|letters|digits|numbers|values|types|formats|extensions|lowercase|alphanumeric)\\b)(?:\\w+ ){1,3}(?:can|may|are allowed)|user ?unauthori[sz]ed|unauthori[sz]ed exception|not in (?:the )?whitelist|(?<!invalid (?:\\w+ )?)owner(?! (?:parameter|field|id|name|type|must|is|should|has|does|can ?not)\\b)|permission denied|permission (?:\\S+ ){1,6}denied on resource|(?:account|user|member|organi[sz]ation|merchant|profile) (?:\\S+ )?(?:has been |have been |is |was |is currently )(?:temporarily |permanently )?(?:suspended|disabled|deactivated|banned|locked|blocked|frozen)|verify your (?:e ?mail|account|phone|identity)|not (?:available|included|supported) (?:on|in|with|for|under) (?:your|the current|this) (?:\\w+ )?(?:plan|tier|subscription)',
    example: 'You do not have permission to delete this page',
  },
  {
    topic: 'permission',
    says: '(?:user|account|e ?mail(?: address)?|phone(?: number)?|identity|domain) (?:is |has |was )?not (?:been )?(?:confirmed|verified|activated|approved)|not (?:enough|sufficient) (?:permissions?|rights|privileges|access)|must be (?:an?|the) (?:\\w+ )?(?:admin\\w*|owner|member|moderator|collaborator)\\b(?! of (?:the |an? |this )?(?:enum\\w*|list|set)\\b)|(?:is|are) not (?:(?:an?|the) )?(?:\\w+ )?(?:member|owner|admin\\w*|collaborator)s? of|(?:admin|owner|manager)\\w* approval|requests? from (?:this|your) (?:country|region|location)|(?:bot|suspicious|unusual|automated|malicious) (?:traffic|activity|requests?|behaviou?r) (?:was |has been |is )?(?:detected|blocked)|(?:plan|tier) does not (?:include|support|allow)',
    example: 'You must be a workspace admin',
  },
  {
    topic: 'permission',
    says: 'not (?:an? )?(?:\\w+ )?participants? (?:of|in)|not signed up (?:to|for)|(?:user|team|account|workspace|organi[sz]ation|app|bot|feature) is restricted(?! to\\b)',
    example: 'User not participant of conversation',
  },
  { topic: 'authentication', says: 'un ?authori[sz]ed', example: 'Unauthorized' },
  {
    topic: 'validation',
    says: '\\bfield (?:\\w+ ){1,6}(?:does not|doesn t) exist on type|(?:md5|sha ?\\d{1,3}|checksum|crc ?32c?) (?:\\w+ ){0,4}(?:did not|does not|didn t|doesn t) match|(?:did not|does not|didn t|doesn t) match (?:the )?(?:\\w+ )?(?:md5|sha ?\\d{1,3}|checksum|crc ?32c?)\\b|was provided (?:an )?invalid value',
    example: "Field 'reviewDecision' doesn't exist on type 'Commit'",
  },
  {
    topic: 'not-found',
    says: '(?<!(?:host|method|route handler|boundary|field|parameter|header|column|property|attribute|element|key) (?:\\S+ )?)not ?found\\b|(?:does|do|did) ?(?:not|n t|nt) ?exists?|(?:doesn|don|didn) t exist|no match(?:es)? for kind|(?:doesn t|does not) have a resource type|no ?such|nonexistent|non existent|no (?!(?:known|other)\\b)(?:\\w+ ){1,3}exists? (?:with|for|by|named|called|matching|under)\\b|could ?(?:not|n t) (?:be (?:found|located)|find|locate)|can ?(?:not|t) (?:be found|find)|unable to (?:find|locate)|no longer exists?|not ?defined|unrecogni[sz]ed (?:request )?(?:url|path|route|endpoint)|no (?:\\w+ ){1,3}(?:was |were )?found|cannot resolve|(?:manifest|blob|repository|image|tag) unknown|not exist|not in (?:this|the|any) (?:\\w+ )?(?:registry|index|catalog|repository|database|channel)|resource ?missing|no (?:routes? match\\w*|static resource|(?:endpoint|handler|route) (?:get|post|put|patch|delete|head|options)\\b)|(?<!^|\\b(?:is|error|reason|code|status|cause|was|format|type|value) )unknown$|unknown (?:user|resource|id|project|repository|model|index|table|database|route|path|endpoint|method|tenant|organi[sz]ation|workspace|customer|order|product|channel|queue|bucket|collection|document|job)(?! (?:parameter|field|type|status|state|property|argument|key|format|by)\\b)',
    example: 'NoSuchBucket',
  },
  {
    topic: 'not-found',
    says: '(?:entity|resource|object|record|user|item|page|message|post|document|project|repository) (?:was|has been|is) (?:already )?(?:removed|deleted)(?! by (?:you|the) admin)|\\b(?:account|customer|subscription) (?=(?:[a-z]{1,6} )?\\w*\\d)(?:\\w{1,30} ){1,14}(?:was|has been|is) (?:already )?(?:removed|deleted)',
    example: 'The page has been removed',
  },
  {
    topic: 'timeout',
    says: 'timed ?out|time ?out|deadline ?~exceeded|(?:took|taking|takes) (?:too long|longer than)',
    example: 'context deadline exceeded',
  },
  {
    topic: 'server',
    says: 'not have (?:enough|sufficient) (?:\\S+ ){0,3}(?:capacity|resources)|insufficient (?:\\w+ ){0,3}capacity|(?:resource|connection) pool (?:is |has been )?(?:exhausted|full)|retrying (?:(?:the|this|your|that|it) (?:\\w+ )?)?(?:may|might|should|could) (?!not\\b)|^api ?error$|(?:temporary|application|database|back ?end|upstream) (?:\\w+ )?(?:error|failure)\\b|error (?:has )?occurr?ed on (?:the|our) (?:server|back ?end|side|end)|something (?:broke|bad happened)|no server is (?:currently )?available to (?:\\w+ ){1,2}request|server encountered an error and could not complete|(?:server|service|system|back ?end|database) (?:is )?(?:too |currently |temporarily )?busy|(?:could not|couldn t|cannot|can t|failed to|unable to) connect to (?:the |our |a )?(?:\\w+ ){0,2}(?:server|database|back ?end|upstream|origin|host)\\b|(?:back ?end|origin|upstream) (?:fetch |server |service )?(?:failed|down)|(?:database|db) (?:connection )?(?:is |was |has been )?(?:locked|lost|closed|down|unavailable)|deadlock|too many clients|(?:model|service|server|application|instance|index) (?:\\S+ )?is (?:currently |still )?(?:loading|starting|initiali[sz]ing|warming up|restarting)|error (?:occurred )?while (?:(?:communicating with|talking to) (?:\\w+ ){0,3}(?:back ?ends?|servers?)|processing (?:your|the) request)|internal (?:server |service )?(?:error|failure)|server error|unexpected (?:api |server |internal )?error|something (?:went|has gone|have gone|goes|when) (?:\\w+ ){0,2}wrong|(?:fatal|critical|system|unknown) error|uncaught|unhandled|overloaded|over ?capacity|(?:service|temporarily|currently) ?unavailable|try again later|traceback|exception at|out of (?:\\w+ )?(?:capacity|memory)|lagged|(?:invalid (?:cast|operation)|illegal state|null (?:pointer|reference)|class cast) ?exception|object reference not set|(?:nil|null) pointer|unable to cast|index out of (?:range|bounds)|undefined method|cannot read propert|division by zero',
    example: 'Something went wrong',
  },
  {
    topic: 'server',
    says: 'unexpected (?:sdk|system|application) error|(?:worker|process|service|server|application|backend|pod) (?:\\w+ )?(?:crashed|died|shutting down)|(?:disk|storage|volume) (?:is )?full|no space left|(?:model|service|server|cluster|node|instance|index|backend) (?:\\S+ )?(?:is )?(?:not (?:yet )?(?:ready|initiali[sz]ed)|getting ready)',
    example: 'The worker crashed',
  },
  {
    topic: 'validation',
    says: 'invalid|validation|malformed|required|mandatory|missing|must (?:not )?(?:be|have|contain|match)|can t be|cannot be|may not be|should (?:be|match)|not (?:a )?valid|bad ?request|bad data|cannot query|unknown (?:argument|field|column|parameter|property)|unsupported|not supported|unprocessable|too (?:long|short|large|small|big|heavy|high|low|wide)|(?:not enough|too few) (?:\\w+ )?(?:parameters|arguments|params|args)|out of range|not allowed|unexpected|can only (?:be|contain)|please (?:enter|provide|specify|select|choose|supply)|(?:can|may) only be (?:set|used)|(?:parameters?|params?|arguments?|format|type|value) (?:is |are )?(?:errors?|unknown)|(?:parameters?|params?|arguments?|request) (?:is |are )?incomplete|incomplete (?:parameters?|params?|arguments?|request)\\b|parse|parsing|syntax|does not match|could not be converted|expected|too many \\w+|incorrect|illegal|wrong|(?:undefined|undeclared|unbound) (?:\\w+ )?(?:namespace|prefix|entity)|not well formed|(?:body|payload|content) (?:is |was )?empty|empty (?:request )?(?:body|payload)',
    example: 'Validation failed',
  },
  {
    topic: 'validation',
    says: 'not declared in (?:the )?schema|unknown (?:currency|value|type|format|language|country|option|event)|not accepted|unparse?able|out of bounds|(?:before|after) (?:the )?(?:start|end) date|(?:model|endpoint|method|version|operation|resource|table) does not support',
    example: 'Unknown currency',
  },
  {
    topic: 'validation',
    says: '(?:requires?|needs?|provide|enter|supply|set) (?:an? )?valid (?!(?:\\w+ ){0,2}(?:licen[cs]e|subscription|plan|certificate|ssl|tls)\\b)|(?:should|must|has to|does not|doesn t) (?:be )?equal|you must (?:attach|choose|pass|fill|set)',
    example: 'Set a valid customer address',
  },
];

/** Phrases of servers in other languages; whole ones, because they are unambiguous. */
export const PHRASES: Row[] = [
  // German, French, Spanish, Portuguese, Italian, Russian, Chinese, Japanese
  {
    topic: 'rate-limit',
    says: 'zu viele anfragen|trop de requêtes|demasiadas solicitudes|muitas solicitações|muitas requisições|troppe richieste|слишком много запросов|请求过于频繁|请求频率|频率限制|频次|調用頻率|リクエストが多すぎ|リクエスト数',
    example: '请求过于频繁',
  },
  {
    topic: 'quota',
    says: 'kontingent|quota (?:dépassé|atteint)|cuota|cota excedida|saldo insuficiente|solde insuffisant|guthaben|余额不足|配额|额度|残高不足|квота',
    example: 'Solde insuffisant',
  },
  {
    topic: 'maintenance',
    says: 'wartungs\\w*|en mantenimiento|em manutenção|in manutenzione|en maintenance|техническ\\w+ работ|维护|メンテナンス',
    example: 'Wartungsarbeiten',
  },
  {
    topic: 'duplicate',
    says: 'existiert bereits|bereits vergeben|existe déjà|déjà utilisé|ya existe|já existe|esiste già|уже существует|已存在|重复|既に存在|すでに存在',
    example: 'Der Name ist bereits vergeben',
  },
  {
    topic: 'authentication',
    says: 'nicht (?:autorisiert|angemeldet|authentifiziert)|ung(?:ü|ue)ltige\\w* (?:\\w+ )?(?:schl(?:ü|ue)ssel|token|passwort|zugangsdaten|anmelde\\w+)|(?:schl(?:ü|ue)ssel|token|sitzung) ist (?:abgelaufen|ung(?:ü|ue)ltig)|non authentifié|(?:clé|jeton|mot de passe)(?: \\S+){0,3} (?:invalide|expirée?|incorrecte?)|(?:clave|token|contraseña|credenciales)(?: \\S+){0,3} (?:inválid\\S+|expirad\\S+|incorrect\\S+)|no (?:autenticado|autorizado)|não (?:autenticado|autorizado)|(?:token|senha|chave)(?: \\S+){0,3} (?:inválid\\S+|expirad\\S+)|non (?:autenticato|autorizzato)|не авториз\\w+|неверный (?:логин|пароль|токен|ключ)|未(?:经)?授权|未登录|令牌|签名.{0,4}(?:错误|无效|不匹配|失败)|验签失败|密码错误|token ?(?:无效|过期|失效)|(?:无效|过期)的?token|认证失败|鉴权失败|トークン.{0,8}(?:失敗|無効|不正|期限)|認証|ログイン|로그인|인증',
    example: 'Der API-Schlüssel ist abgelaufen',
  },
  {
    topic: 'permission',
    says: 'zugriff verweigert|keine berechtigung|nicht berechtigt|accès (?:refusé|interdit)|non autorisé|acceso denegado|sin permiso|acesso negado|sem permissão|accesso negato|доступ запрещ\\w+|нет прав|ikke tilgang|ingen behörighet|geen toegang|brak (?:dostępu|uprawnień)|yetkisiz|권한이 없|접근 권한|权限不足|没有权限|无权|禁止访问|アクセス拒否|権限',
    example: 'Accès refusé',
  },
  {
    topic: 'not-found',
    says: 'nicht gefunden|existiert nicht|introuvable|non trouvée?|n existe pas|no encontrad[oa]|no existe|não encontrad[oa]|niet gevonden|ikke funnet|ikke fundet|hittades inte|nie znaleziono|bulunamadı|찾을 수 없|não existe|non trovat[oa]|non esiste|не найден\\w*|не существует|不存在|未找到|找不到|見つかりません|存在しません',
    example: 'Ressource introuvable',
  },
  {
    topic: 'validation',
    says: 'ung(?:ü|ue)ltig\\w*|erforderlich|pflichtfeld|invalide|obligatoire|requis|inválid[oa]|obligatori[oa]|obrigatóri[oa]|non valid[oa]|ongeldig\\w*|verplicht|ogiltig\\w*|ugyldig\\w*|nieprawidłow\\w+|wymagan\\w+|geçersiz|zorunlu|유효하지 않|잘못된|필수|누락|неверн\\w+|обязательн\\w+|参数错误|不能为空|格式错误|不合法|必須|不正',
    example: '参数错误',
  },
  {
    topic: 'server',
    says: 'interner (?:server)?fehler|erreur interne|error interno|erro interno|errore interno|внутренняя ошибка|系统(?:错误|繁忙|异常)|服务器(?:错误|内部错误)|内部错误|サーバーエラー',
    example: 'Erreur interne du serveur',
  },
];

/** The needles of all rows, `PHRASES` last, which `build/needles.ts` puts here; null where they are read from the patterns. */
export const NEEDLES: (string[] | null)[] | null = null;
