import { LEFT_OUT, UNSENT } from './facts';
import { measure, sizeOf } from './measure';

// One resource for each thing that Aha!'s documentation has, but where one is part of another.
const LIMITS = { resources: 49, bytes: 250 * 1024 };

const list = (title: string, lines: readonly string[]): string[] =>
	lines.length === 0
		? []
		: ['', `${title} (${lines.length}):`, ...lines.map((line) => `  ${line}`)];

const excuses = (excused: Readonly<Record<string, string>>): string[] =>
	Object.entries(excused).map(([name, reason]) => `${name}: ${reason}`);

/** Prints how much of Aha!'s API the node covers. Exits with 1 when something is missing. */
async function main(): Promise<void> {
	const found = await measure();
	const { resources, operations, bytes } = sizeOf();
	const wrong = [
		...list('Endpoints missing', found.endpoints.missing),
		...list('Parameters missing', found.parameters.missing),
		...list('Requests that are not documented', found.unknown),
		...list('Fields that were not sent', found.unsent),
		...list('Lists without a request for the second page', found.unpaged),
		...list('Runs that failed', found.failed),
		...(resources > LIMITS.resources ? ['', 'There are too many resources.'] : []),
		...(bytes > LIMITS.bytes ? ['', 'The description is too large.'] : []),
	];
	const report = [
		`endpoints ${found.endpoints.covered}/${found.endpoints.of}, parameters ${found.parameters.covered}/${found.parameters.of}`,
		`resources ${resources} (at most ${LIMITS.resources}), operations ${operations}`,
		`description ${bytes} bytes (at most ${LIMITS.bytes})`,
		`${found.requests} requests in ${found.runs} runs`,
		...list('Left out', [...excuses(LEFT_OUT), ...excuses(UNSENT)]),
		...wrong,
	];
	console.log(report.join('\n'));
	process.exitCode = wrong.length === 0 ? 0 : 1;
}

void main();
