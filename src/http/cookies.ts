import { Cookie, CookieJar } from 'tough-cookie';
import type { CookieStore } from './transport.ts';

/** The cookies of a file, and those that servers set. */
export class Cookies implements CookieStore {
  readonly #jar = new CookieJar(undefined, { looseMode: true });

  async getCookieString(url: string): Promise<string> {
    return await this.#jar.getCookieString(url);
  }

  async setCookie(cookie: string, url: string): Promise<unknown> {
    return await this.#jar.setCookie(cookie, url);
  }

  /** Adds the cookies of a jar in Netscape's format, which curl, wget and browsers share. */
  async read(text: string): Promise<void> {
    for (const line of text.split(/\r?\n/)) {
      const isHttpOnly = line.startsWith('#HttpOnly_');
      if (line.startsWith('#') && !isHttpOnly) continue;
      const [domain = '', , path = '/', secure, expires, key = '', ...value] = line
        .replace(/^#HttpOnly_/, '')
        .split('\t');
      const host = domain.replace(/^\./, '');
      if (host === '' || key === '') continue;
      const cookie = new Cookie({
        key,
        value: value.join('\t'),
        path,
        secure: secure === 'TRUE',
        httpOnly: isHttpOnly,
        expires: Number(expires) > 0 ? new Date(Number(expires) * 1000) : 'Infinity',
        ...(domain.startsWith('.') ? { domain: host } : {}),
      });
      await this.#jar.setCookie(cookie, `${secure === 'TRUE' ? 'https' : 'http'}://${host}${path}`, {
        ignoreError: true,
      });
    }
  }

  /** All cookies in Netscape's format. */
  async written(): Promise<string> {
    const { cookies } = await this.#jar.serialize();
    const lines = cookies.map(({ key, value, domain, path, secure, httpOnly, hostOnly, expires }) => {
      const time = typeof expires === 'string' && expires !== 'Infinity' ? Math.floor(Date.parse(expires) / 1000) : 0;
      const fields = [
        `${httpOnly ? '#HttpOnly_' : ''}${hostOnly ? '' : '.'}${domain}`,
        hostOnly ? 'FALSE' : 'TRUE',
        path ?? '/',
        secure ? 'TRUE' : 'FALSE',
        Number.isFinite(time) ? time : 0,
        key,
        value,
      ];
      return `${fields.join('\t')}\n`;
    });
    return `# Netscape HTTP Cookie File\n${lines.join('')}`;
  }

  /** The values of all cookies, which identify a session. */
  async values(): Promise<string[]> {
    const { cookies } = await this.#jar.serialize();
    return cookies.map(({ value }) => String(value ?? ''));
  }
}
