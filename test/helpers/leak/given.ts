/** A way of giving errprobe a key. */
export interface Given {
  name: string;
  /** True if the config has the key, so that every command knows it. */
  isConfigured: boolean;
  carries(key: string): boolean;
  /** Lines of the config, variables, and arguments of \`call\`. */
  place(key: string): { config?: string; env?: Record<string, string>; words?: string[]; method?: string };
  /** The request of a check, unless the config has the key. */
  check?(key: string, path: string): unknown;
  /** The request as recorded in a HAR. */
  recorded(key: string): { headers: { name: string; value: string }[]; postData?: unknown; url?: string };
}

const inHeader = (key: string) => /^[\x20-\x7e\xa0-\xff]*$/.test(key);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const header = (name: string, value: string) => ({ headers: [{ name, value }] });

export const KINDS: Given[] = [
  {
    name: 'the configured key',
    isConfigured: true,
    carries: inHeader,
    place: (key) => ({ config: 'key: "${SECRET_KEY}"', env: { SECRET_KEY: key } }),
    recorded: (key) => header('x-api-key', key),
  },
  {
    name: 'a bearer token',
    isConfigured: false,
    carries: inHeader,
    place: (key) => ({ words: ['-H', `Authorization: Bearer ${key}`] }),
    check: (key, path) => ({ path, headers: { Authorization: `Bearer ${key}` } }),
    recorded: (key) => header('Authorization', `Bearer ${key}`),
  },
  {
    name: 'the password of Basic',
    isConfigured: false,
    carries: () => true,
    place: (key) => ({ words: ['-H', `Authorization: Basic ${base64(`someone:${key}`)}`] }),
    check: (key, path) => ({ path, headers: { Authorization: `Basic ${base64(`someone:${key}`)}` } }),
    recorded: (key) => header('Authorization', `Basic ${base64(`someone:${key}`)}`),
  },
  {
    name: 'a cookie',
    isConfigured: false,
    carries: (key) => inHeader(key) && !/[;,\s"]/.test(key),
    place: (key) => ({ words: ['-H', `Cookie: theme=dark; sid=${key}`] }),
    check: (key, path) => ({ path, headers: { Cookie: `theme=dark; sid=${key}` } }),
    recorded: (key) => header('Cookie', `theme=dark; sid=${key}`),
  },
  {
    name: 'a parameter of the query',
    isConfigured: false,
    carries: () => true,
    place: (key) => ({ words: ['-q', `api_key=${key}`] }),
    check: (key, path) => ({ path, query: { api_key: key } }),
    recorded: (key) => ({ headers: [], url: `https://h.example/?api_key=${encodeURIComponent(key)}` }),
  },
  {
    name: 'a client secret in the body',
    isConfigured: false,
    carries: () => true,
    place: (key) => ({ method: 'POST', words: ['-d', JSON.stringify({ client_secret: key })] }),
    check: (key, path) => ({ method: 'POST', path, body: { client_secret: key } }),
    recorded: (key) => ({
      headers: [],
      postData: { mimeType: 'application/json', text: JSON.stringify({ client_secret: key }) },
    }),
  },
  {
    name: 'a configured header',
    isConfigured: true,
    carries: inHeader,
    place: (key) => ({ config: 'headers: { X-Auth-Token: "${SECRET_TOKEN}" }', env: { SECRET_TOKEN: key } }),
    recorded: (key) => header('x-auth-token', key),
  },
];
