import manifest from '../package.json' with { type: 'json' };

/** The version of errprobe. */
export const version: string = manifest.version;
