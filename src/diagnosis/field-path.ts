import { pointerToken } from '../catalog/pointer.ts';

/** Where Pydantic says that a field is, before its path. */
const LOCATIONS = new Set(['body', 'query', 'path', 'header', 'cookie', 'querystring', 'params']);

/**
 * The JSON Pointer (RFC 6901) of a field, from every notation in use: a pointer, also as a URI fragment
 * (`#/profile/color`); dotted (`a.b`, `a[0].b`, `$.a`); a list (`["body", "a", 0]`); with slashes (`body/a`).
 */
export function fieldPath(name: unknown): string {
  if (Array.isArray(name)) {
    const [first, ...rest] = name.map(String);
    return join(first !== undefined && LOCATIONS.has(first) && rest.length > 0 ? rest : name.map(String));
  }
  const text = String(name ?? '').trim();
  if (text.startsWith('#/')) return decode(text.slice(1));
  if (text.startsWith('/')) return text;
  if (/^[\w]+\/\S/.test(text)) return fieldPath(text.split('/'));
  return join(
    text
      .replace(/^\$\.?/, '')
      .replaceAll(/\[["']?([^\]"']*)["']?\]/g, '.$1')
      .split('.')
      .filter((part) => part !== ''),
  );
}

function join(tokens: string[]): string {
  return tokens.map(pointerToken).join('');
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
