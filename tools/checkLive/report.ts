import { packageVersion } from '../../nodes/Aha/transport/version';
import type { Result } from './index';
import type { ReadResult } from './reads';
import type { Finding } from './verdicts';
import { findingsOf, isDenied } from './verdicts';
import type { Step, WriteResult } from './writes';

type Row = ReadonlyArray<string | number>;

/** The result as Markdown, ready for an issue: no name, no ID, no value of any record. */
export function reportOf(result: Result): string {
	const findings = findingsOf(result);
	return [
		'# The node against an Aha! account',
		table([], summary(result, findings.length)),
		'## Differences',
		findings.length === 0 ? 'None.' : grouped(findings),
		'## Assumptions',
		table(
			['Holds', 'What is assumed', 'What was seen'],
			result.assumptions.map(({ holds, assumed, seen }) => [answer(holds), assumed, seen]),
		),
		...(result.writes.length > 0 ? ['## Records made', written(result.writes)] : []),
		'## Read operations',
		table(['Endpoint', 'Status', 'Records', 'ms'], result.reads.filter(isRun).map(readRow)),
		'## Not run',
		notRun(result.reads),
	].join('\n\n');
}

const isRun = ({ reason }: ReadResult): boolean => reason === undefined;

const answer = (holds: boolean | undefined): string => {
	if (holds === undefined) return 'cannot tell';
	return holds ? 'yes' : '**no**';
};

/** The differences, those of one place together. */
function grouped(findings: readonly Finding[]): string {
	const places = new Map<string, string[]>();
	for (const { where, what } of findings) places.set(where, [...(places.get(where) ?? []), what]);
	return [...places]
		.map(([where, whats]) =>
			[`- ${shown(where)}`, ...whats.map((what) => `  - ${what}`)].join('\n'),
		)
		.join('\n');
}

/** Endpoints as code; sentences as they are. */
const shown = (where: string): string => (/^[A-Z]+ \//.test(where) ? `\`${where}\`` : where);

function summary(result: Result, differences: number): Row[] {
	const { startedAt, seconds, statuses, times, stopped, leftovers } = result;
	const counts = [...statuses]
		.sort(([one], [other]) => one - other)
		.map(([status, count]) => `${count} × ${status === 0 ? 'no response' : status}`);
	const sorted = [...times].sort((one, other) => one - other);
	const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
	return [
		['Package', `n8n-nodes-aha ${packageVersion}, Node.js ${process.version}`],
		['Day', startedAt.toISOString().slice(0, 10)],
		['Requests', `${times.length} in ${seconds} s: ${counts.join(', ')}`],
		['Response time', `median ${median} ms, longest ${sorted.at(-1) ?? 0} ms`],
		['Differences', differences],
		...(leftovers > 0 ? [['Not deleted', leftovers]] : []),
		...(stopped ? [['Ended early', stopped]] : []),
	];
}

const readRow = ({ endpoint, status, records, milliseconds }: ReadResult): Row => [
	`\`${endpoint}\``,
	isDenied(status) ? `${status}, not allowed` : status,
	records,
	milliseconds,
];

const written = (writes: readonly WriteResult[]): string =>
	table(
		['Kind', 'Create', 'Update', 'Delete'],
		writes.map(({ kind, create, update, remove, reason, planned }) => [
			kind,
			reason ?? stepCell(create) + refusal(create, planned.mayBeRefused),
			stepCell(update),
			stepCell(remove),
		]),
	);

const stepCell = (step: Step | undefined): string =>
	step ? `${step.status}, ${step.milliseconds} ms` : '';

const refusal = (step: Step | undefined, reason: string | undefined): string =>
	reason !== undefined && (step?.status ?? 0) >= 400 ? ` (${reason})` : '';

/** What was left out, by the reason. */
function notRun(reads: readonly ReadResult[]): string {
	const byReason = new Map<string, string[]>();
	for (const { reason, endpoint } of reads) {
		if (reason === undefined) continue;
		byReason.set(reason, [...(byReason.get(reason) ?? []), `\`${endpoint}\``]);
	}
	if (byReason.size === 0) return 'Nothing.';
	return [...byReason]
		.map(([reason, endpoints]) => `- ${reason}: ${endpoints.join(', ')}`)
		.join('\n');
}

function table(head: Row, rows: readonly Row[]): string {
	const width = Math.max(head.length, ...rows.map((row) => row.length));
	const cells = (row: Row) =>
		`| ${Array.from({ length: width }, (_, index) => String(row[index] ?? '')).join(' | ')} |`;
	return [cells(head), cells(Array<string>(width).fill('---')), ...rows.map(cells)].join('\n');
}
