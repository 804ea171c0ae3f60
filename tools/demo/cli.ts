import { parseArgs } from 'node:util';

import { CliError } from '../runtime/cliError';
import { runCommand, type Cleanup } from './cleanup';
import { runExamples } from './runExamples';
import { serveDemo, serveLive } from './serve';
import { startSession, type Mode } from './session';

const USAGE = `npm start            n8n with a simulated Aha! account to try out
npm start -- --run   signs in and runs the examples without a browser, then stops
npm start -- --live  n8n for your real Aha! account`;

function parseMode(): Mode {
	const flag = { type: 'boolean' } as const;
	try {
		const { values } = parseArgs({ options: { run: flag, live: flag } });
		if (values.run && values.live) throw new Error('Use either --run or --live');
		return values.run ? 'run' : values.live ? 'live' : 'demo';
	} catch (error) {
		throw new CliError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

/** @returns the exit code of a run; a server only ends with an error */
async function main(cleanup: Cleanup): Promise<number> {
	const mode = parseMode();
	const session = await startSession(mode, cleanup);
	const { n8n, sandbox } = session;
	if (mode === 'run' && sandbox) return (await runExamples(n8n.client, sandbox)) ? 0 : 1;
	if (sandbox) await serveDemo({ ...session, sandbox }, cleanup);
	else await serveLive(session);
	await n8n.ended;
	throw new CliError(`n8n has ended unexpectedly. See the end of ${n8n.logFile}.`);
}

// Stopping a server is no failure, but stopping a run is.
runCommand(main, process.argv.includes('--run') ? 1 : 0);
