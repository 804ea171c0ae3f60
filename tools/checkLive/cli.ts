import { checkLive } from './index';
import { readOptions } from './options';
import { readSignIn } from './prompt';
import { reportOf } from './report';
import { findingsOf } from './verdicts';

/** Exit codes; 130 is what a shell expects after Ctrl-C. */
const AS_EXPECTED = 0;
const DIFFERENT = 1;
const NOT_RUN = 2;
const BY_HAND = 130;

const say = (line: string): void => console.error(line);

/** A signal for the first Ctrl-C; the second one ends this at once. */
function stopByHand(): AbortSignal {
	const controller = new AbortController();
	const stop = () => {
		if (controller.signal.aborted) process.exit(BY_HAND);
		say('Stopping. What was made is deleted first; press Ctrl-C again to leave it.');
		controller.abort();
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	return controller.signal;
}

/** Prints all of a report, also where a pipe takes it slowly. */
const print = async (report: string): Promise<void> =>
	await new Promise((resolve) => process.stdout.write(`${report}\n`, () => resolve()));

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	const { domain, key } = await readSignIn();
	const signal = stopByHand();
	try {
		const result = await checkLive({
			...options,
			domain,
			key,
			signal,
			onProgress: say,
			onLeftover: ({ kind, id }) => say(`Could not be deleted, please do it: ${kind} ${id}`),
		});
		await print(reportOf(result));
		if (signal.aborted) return BY_HAND;
		return findingsOf(result).length === 0 ? AS_EXPECTED : DIFFERENT;
	} catch (error) {
		// Whatever happens, the key is shown nowhere.
		throw new Error((error as Error).message.replaceAll(key, '(key)'));
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		say((error as Error).message);
		process.exit(NOT_RUN);
	},
);
