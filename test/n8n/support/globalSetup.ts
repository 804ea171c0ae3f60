import { ensureRuntime } from '../../../tools/runtime/install';
import { browserBinary } from '../../../tools/runtime/browser';

/** Installs n8n and unpacks the browser once, before the test files start. */
export default async function globalSetup(): Promise<void> {
	await ensureRuntime();
	await browserBinary();
}
