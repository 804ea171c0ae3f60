import { ensureRuntime } from './install';
import { PlainError } from './plainError';

ensureRuntime().catch((error: unknown) => {
	console.error(error instanceof PlainError ? error.message : error);
	process.exitCode = 1;
});
