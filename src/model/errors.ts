/** errprobe was asked for something that it cannot do: an option, an input. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A config or a catalog of the user is broken. Ends with exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
