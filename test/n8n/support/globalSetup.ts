import { ensureRuntime } from '../../../tools/runtime/install';
import { browserBinary } from './browser';

/** What all test files of this level need: n8n installed, and the browser unpacked by one process. */
export default async function globalSetup(): Promise<void> {
	await ensureRuntime();
	await browserBinary();
}
