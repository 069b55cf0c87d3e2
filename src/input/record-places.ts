/** Members that logs have and error bodies do not. */
export const MARKS = [
  // pino, bunyan, winston, zap, zerolog, log4j, Python
  ...['level', 'lvl', 'loglevel', 'levelname', 'log.level', 'pid', 'hostname', 'logger', 'logger_name', '@timestamp'],
  // OpenTelemetry, Google Cloud
  ...[
    'severity',
    'severityText',
    'severity_text',
    'SeverityText',
    'severityNumber',
    'severity_number',
    'SeverityNumber',
  ],
  // journald, where an entry is more than its message
  ...['__REALTIME_TIMESTAMP', '__CURSOR'],
  // nginx, Apache, Amazon's load balancer
  ...['remote_addr', 'remote_ip', 'body_bytes_sent', 'request_uri', 'elb_status_code', 'target_status_code'],
];

/** Pointers to the status of a response in records, the most specific first. */
export const STATUS = [
  ...['/res/statusCode', '/res/status', '/response/statusCode', '/response/status', '/response/status_code'],
  ...['/err/response/status', '/err/response/statusCode', '/error/response/status', '/error/response/statusCode'],
  ...['/cause/response/status', '/cause/response/statusCode'],
  ...['/attributes/http.response.status_code', '/attributes/http.status_code', '/http.response.status_code'],
  ...['/http.response.status', '/error/$metadata/httpStatusCode', '/err/$metadata/httpStatusCode'],
  ...['/http.status_code', '/http/response/status_code', '/http/status_code', '/Attributes/http.response.status_code'],
  ...['/statusCode', '/status_code', '/status', '/http_status', '/httpStatus', '/response_status', '/responseStatus'],
  ...[
    '/elb_status_code',
    '/target_status_code',
    '/err/statusCode',
    '/err/status',
    '/error/statusCode',
    '/error/status',
  ],
];

/** Pointers to the body of a response in records. */
export const BODY = [
  ...['/res/body', '/response/body', '/response/data', '/err/response/data', '/err/response/body'],
  ...[
    '/error/response/data',
    '/error/response/body',
    '/cause/response/data',
    '/cause/response/body',
    '/http/response/body/content',
    '/http/response/body',
  ],
  ...['/response_body', '/responseBody', '/response_data', '/responseData', '/attributes/http.response.body'],
];

/** For a record whose `body` is its message. */
export const OWN_BODY = ['/body', '/err/body', '/error/body'];

export const HEADERS = [
  '/res/headers',
  '/response/headers',
  '/err/response/headers',
  '/error/response/headers',
  '/headers',
];

export const METHOD = [
  ...['/req/method', '/request/method', '/method', '/request_method', '/requestMethod', '/config/method'],
  ...['/err/config/method', '/error/config/method', '/err/options/method', '/http.request.method', '/http.method'],
  ...['/http/request/method', '/attributes/http.request.method', '/attributes/http.method'],
];

export const REQUEST_URL = [
  ...['/req/url', '/request/url', '/url', '/request_uri', '/request_url', '/requestUrl', '/uri', '/config/url'],
  ...['/err/config/url', '/error/config/url', '/err/options/url', '/url.full', '/url/full', '/url/original'],
  ...['/url.path', '/url/path', '/http.url', '/http/url', '/http.target', '/attributes/url.full'],
  ...['/attributes/http.url', '/attributes/url.path', '/attributes/http.target', '/path'],
];

export const TIME = [
  ...['/time', '/timestamp', '/@timestamp', '/ts', '/t', '/Timestamp', '/timeUnixNano', '/observedTimeUnixNano'],
  ...[
    '/__REALTIME_TIMESTAMP',
    '/time_iso8601',
    '/time_local',
    '/datetime',
    '/date',
    '/eventTime',
    '/asctime',
    '/results/0/attempts/0/at',
  ],
  ...[
    '/response_timestamp',
    '/created_at',
    '/error/timestamp',
    '/metadata/timestamp',
    '/log/entries/0/startedDateTime',
  ],
];

export const REQUEST_ID = [
  ...['/reqId', '/req/id', '/requestId', '/request_id', '/x_request_id', '/correlationId', '/correlation_id'],
  ...['/traceId', '/trace_id', '/trace.id', '/trace/id', '/attributes/request_id'],
];

/** Pointers to the message in records. */
export const TEXTS = [
  '/msg',
  '/message',
  '/err',
  '/err/message',
  '/error/message',
  '/exception/message',
  '/error',
  '/cause/message',
];
/** Pointers to the text of the error itself; a message may only say what was done. */
export const ERROR_TEXTS = [
  '/err',
  '/error',
  '/err/message',
  '/error/message',
  '/exception/message',
  '/exception',
  '/cause',
];
/** Pointers to the code in records; `err` and `error` may hold one themselves. */
export const CODES = [
  ...['/err/code', '/error/code', '/code', '/err/cause/code', '/error/cause/code', '/cause/code'],
  ...['/err', '/error'],
];
