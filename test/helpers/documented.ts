import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The pages for users. */
export const PAGES = ['README.md', ...readdirSync(`${ROOT}docs`).map((name) => `docs/${name}`)];

/**
 * A fenced block, and the name of the file that it shows: `name.yaml`, in a line before it that
 * ends with a colon.
 */
export interface Block {
  page: string;
  language: string;
  file: string | undefined;
  text: string;
}

/** Every fenced block of every page. */
export const blocks: Block[] = PAGES.flatMap((page) =>
  [
    ...readFileSync(`${ROOT}${page}`, 'utf8').matchAll(/^(?:.*`([\w./-]+\.\w+)`.*:\n\n)?```(\w+)\n([\s\S]*?)^```/gm),
  ].map(([, file, language = '', text = '']) => ({ page, language, file, text })),
);
