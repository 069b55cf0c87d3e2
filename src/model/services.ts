/** A service's own headers and keys. */
export interface Service {
  name: string;
  /** Response headers with the state of a rate limit; "" for one that the service does not send. */
  rateLimit?: [limit: string, remaining: string, reset: string][];
  /**
   * Regular expressions for its keys, which must not match anything else. Each starts at a word
   * boundary.
   */
  keys?: string[];
}

/** Services with headers or keys of their own. Sources: their documentation and SDKs. */
export const SERVICES: Service[] = [
  {
    name: 'Anthropic',
    rateLimit: ['requests', 'tokens', 'input-tokens', 'output-tokens'].map((unit) => [
      `anthropic-ratelimit-${unit}-limit`,
      `anthropic-ratelimit-${unit}-remaining`,
      `anthropic-ratelimit-${unit}-reset`,
    ]),
    keys: ['sk-ant-[A-Za-z0-9_-]{20,}'],
  },
  { name: 'AWS', keys: ['A(?:KI|SI)A[0-9A-Z]{16}(?![0-9A-Z])'] },
  {
    name: 'Contentful',
    rateLimit: [
      [
        'x-contentful-ratelimit-second-limit',
        'x-contentful-ratelimit-second-remaining',
        'x-contentful-ratelimit-reset',
      ],
    ],
  },
  { name: 'GitHub', keys: ['gh[pousr]_[A-Za-z0-9]{20,}', 'github_pat_\\w{22,}'] },
  { name: 'GitLab', keys: ['glpat-[\\w-]{20,}'] },
  { name: 'Google', keys: ['AIza[\\w-]{35}'] },
  {
    name: 'HubSpot',
    rateLimit: [
      ['x-hubspot-ratelimit-daily', 'x-hubspot-ratelimit-daily-remaining', ''],
      ['x-hubspot-ratelimit-max', 'x-hubspot-ratelimit-remaining', 'x-hubspot-ratelimit-interval-milliseconds'],
    ],
  },
  { name: 'Hugging Face', keys: ['hf_[A-Za-z0-9]{30,}'] },
  { name: 'npm', keys: ['npm_[A-Za-z0-9]{36}'] },
  { name: 'OpenAI', keys: ['sk-(?:proj-)?[A-Za-z0-9_-]{20,}'] },
  { name: 'SendGrid', keys: ['SG\\.[\\w-]{16,}\\.[\\w-]{16,}'] },
  { name: 'Shopify', keys: ['shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'] },
  { name: 'Slack', keys: ['xox[abeoprs]-[\\w-]{10,}'] },
  // Other services use this format as well.
  { name: 'Stripe', keys: ['(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}', 'whsec_[A-Za-z0-9+/=]{16,}'] },
];
