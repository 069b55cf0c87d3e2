import { visible } from './text.ts';

/** A place in a file that GitHub Actions marks. */
export interface Annotation {
  level: 'error' | 'warning';
  file: string;
  line: number;
  column?: number;
  title: string;
  message: string;
}

/** A workflow command of GitHub Actions that annotates a line of a file. */
export function annotationCommand({ level, file, line, column, title, message }: Annotation): string {
  const place = `file=${property(file)},line=${line}${column === undefined ? '' : `,col=${column}`}`;
  return `::${level} ${place},title=${property(title)}::${data(message)}\n`;
}

/** Escapes characters that would end a message, start another command or control a terminal. */
function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
