import { execFileSync } from 'node:child_process';

/** The end-to-end tests run what users run: the bundle, built from the current sources. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
