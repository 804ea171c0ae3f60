/** An error that a user can act on. Commands show its message without a stack trace. */
export class CliError extends Error {}
