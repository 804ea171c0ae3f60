import { ensureRuntime } from './install';
import { CliError } from './cliError';

ensureRuntime().catch((error: unknown) => {
	console.error(error instanceof CliError ? error.message : error);
	process.exitCode = 1;
});
