/** A reason to stop that a person can act on: shown as its sentence alone, without a stack. */
export class CliError extends Error {}
