/** An option or input that errprobe cannot work with. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A broken config or catalog of the user. Exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
