import type { Category } from '../../model/words.ts';

/** Who can do something about an error. */
export const ACTORS = ['caller', 'administrator', 'provider', 'network', 'unknown'] as const;
export type Actor = (typeof ACTORS)[number];

const BY_CATEGORY: Record<Category, Actor> = {
  authentication: 'administrator',
  permission: 'administrator',
  quota: 'administrator',
  'not-found': 'caller',
  validation: 'caller',
  conflict: 'caller',
  'rate-limit': 'caller',
  redirect: 'caller',
  protocol: 'caller',
  server: 'provider',
  maintenance: 'provider',
  gateway: 'provider',
  dns: 'network',
  connection: 'network',
  tls: 'network',
  timeout: 'network',
  unknown: 'unknown',
};

/** Who has to act on an error of a category. */
export function actorOf(category: Category): Actor {
  return BY_CATEGORY[category];
}
